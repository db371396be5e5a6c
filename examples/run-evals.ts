import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ExperimentDocument, SampleRecord } from '../packages/vitest-plugin-evals/src/index.ts'

/** How the evals are run. */
export interface RunOptions {
  /** Default `test`. */
  readonly experiment?: string
  /** What stands after the `--`, besides storage and experiment. */
  readonly options?: readonly string[]
  /** Variables of the environment; `LIVE` is 0 anyway. */
  readonly environment?: Readonly<Record<string, string>>
}

/** What a run left. */
export interface EvalsRun {
  readonly records: readonly SampleRecord[]
  readonly document: ExperimentDocument
  readonly stderr: string
}

/**
 * Runs the evals of an example as you would, for its test, and reads what they recorded. The experiments are in a
 * folder of their own until `remove`.
 *
 * @param example folder of the example
 */
export function evalsOf(example: string) {
  const folder = mkdtempSync(join(tmpdir(), `${basename(example)}-`))
  const storage = `json://${folder}`

  function start({ experiment = 'test', options = [], environment = {} }: RunOptions = {}): ChildProcess {
    const vitest = join(example, 'node_modules/vitest/vitest.mjs')
    const own = ['--storage', storage, '--experiment', experiment, ...options]
    return spawn(process.execPath, [vitest, 'run', '--project', 'evals', '--', ...own], {
      cwd: example,
      env: { ...process.env, LIVE: '0', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  }

  // A sample whose scorer asks a model is recorded before that, too, and a kill may leave half a line.
  function readRecords(experiment: string): SampleRecord[] {
    const paths = globSync(join(folder, `experiments/${experiment}/records/*.jsonl`))
    const lines = paths.flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(0, -1))
    return lines.map((line) => JSON.parse(line) as SampleRecord).filter(({ outcome }) => outcome !== 'answered')
  }

  return {
    folder,
    storage,
    /** A run to do something with while it goes on. */
    start,
    /** The finished samples of an experiment. */
    readRecords,
    /** A run until its end. Rejects where it ends with another code than `exitCode`, by default 0. */
    async run({ exitCode = 0, ...options }: RunOptions & { readonly exitCode?: number } = {}): Promise<EvalsRun> {
      const { experiment = 'test' } = options
      const child = start(options)
      const closed = once(child, 'close') as Promise<[code: number | null]>
      const [stderr, [code]] = await Promise.all([text(child.stderr!), closed])
      if (code !== exitCode) throw new Error(`the run ended with ${code}, not ${exitCode}:\n${stderr}`)
      const path = join(folder, `experiments/${experiment}/experiment.json`)
      const document = JSON.parse(readFileSync(path, 'utf8')) as ExperimentDocument
      return { records: readRecords(experiment), document, stderr }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
