import { deepEqual } from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { ExperimentLedger, type Broken } from './experiment-ledger.ts'
import { readLines } from './read-lines.ts'
import { runProgram, type ProgramModules } from './run-program.ts'
import { serveAnswers } from './serve-answers.ts'
import { startRun, type KillInstant } from './start-run.ts'

/** What is killed, and how often. */
export interface KillOptions {
  /** Where the program and its experiments are written. */
  readonly folder: string
  readonly modules: ProgramModules
  /** At least. */
  readonly kills: number
  /** Of the instants. */
  readonly seed: number
}

/** What came of it. */
export interface KillReport {
  /** Of runs that had begun and had not ended. */
  readonly kills: number
  readonly experiments: number
  readonly records: number
  readonly torn: number
  /** Calls that were in progress when their run was killed, and were made again. */
  readonly callsCutOff: number
  /** Stored answers that a killed run had not scored yet. */
  readonly answersKept: number
  /** Must be empty. */
  readonly broken: readonly Broken[]
}

const samples = 60
const epochs = 2
/** Samples in progress: the most calls that one kill can cut off. */
export const concurrency = 8
const planned = Array.from(
  { length: samples * epochs },
  (_, index) => `${index % samples}:${Math.floor(index / samples)}`,
)
const longestAnswerMs = 20

/**
 * Runs experiments, two at a time, each again and again until it is completed, and kills their processes with SIGKILL at
 * random instants; notes each model call outside of these processes and compares it with what is on the disk.
 */
export async function killRuns({ folder, modules, kills, seed }: KillOptions): Promise<KillReport> {
  const program = join(folder, 'run.mjs')
  writeFileSync(program, runProgram(modules))
  const ledgers = new Map<string, ExperimentLedger>()
  const random = xoroshiro128plus(seed)
  await using server = await serveAnswers({
    onCall: ({ experiment, ...call }) => ledgers.get(experiment)!.call(call),
    delayMs: () => uniformInt(random, 0, longestAnswerMs),
  })
  const counts = { kills: 0, records: 0, torn: 0, callsCutOff: 0, answersKept: 0 }

  const complete = async (experiment: string): Promise<void> => {
    const ledger = new ExperimentLedger(experiment)
    ledgers.set(experiment, ledger)
    const setting = { folder, port: server.port, experiment, samples, epochs, concurrency }
    for (;;) {
      const kill = counts.kills < kills ? killInstant(random) : undefined
      const ended = await startRun({ program, setting, kill, onCompleted: (key) => ledger.finish(key) })
      const stored = readLines(join(folder, '.evals/experiments', experiment))
      if (ended === undefined) {
        counts.kills += 1
        ledger.compare(stored)
        continue
      }
      ledger.close(stored, planned)
      deepEqual(ended, { status: 'completed', scored: planned.length, problems: stored.torn })
      counts.records += stored.lines.length
      counts.torn += stored.torn
      counts.callsCutOff += ledger.calls - 2 * planned.length
      counts.answersKept += ledger.answersKept
      return
    }
  }
  const completeOn = async (): Promise<void> => {
    while (counts.kills < kills) await complete(`experiment-${ledgers.size + 1}`)
  }
  await Promise.all([completeOn(), completeOn()])
  return { ...counts, experiments: ledgers.size, broken: [...ledgers.values()].flatMap(({ broken }) => broken) }
}

/** Within the time in which a run completes a quarter of its samples; one in three falls into its start. */
function killInstant(random: RandomGenerator): KillInstant {
  return { completed: Math.max(0, uniformInt(random, -5, 10)), thenMs: uniformInt(random, 0, 90) }
}
