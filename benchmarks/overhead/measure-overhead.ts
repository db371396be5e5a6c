import { describeMachine, type Machine } from '../machine.ts'
import type { Measurement } from '../measured-process.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { killOnce, type Kill } from './kill-once.ts'
import { measurePeers, type PeersResults } from './peers/measure-peers.ts'
import { runSubject, type Subject, type SubjectRun } from './subjects.ts'

/** One subject with one number of samples, measured several times. */
export interface Case {
  readonly subject: Subject
  /** Of all its files together. */
  readonly samples: number
  readonly wallMs: Spread
  readonly cpuMs: Spread
  readonly peakBytes: Spread
  readonly records: number
  readonly diskBytes: number
}

/** How two cases of the same rounds compare: `of` divided by `to`, round by round. */
export interface Ratio {
  readonly of: string
  readonly to: string
  readonly wall: Spread
  readonly cpu: Spread
  /** Greatest median of `wall` that is wanted. */
  readonly goal?: number
}

/** What `pnpm bench overhead` writes. */
export interface OverheadResults {
  readonly measuredAt: string
  readonly machine: Machine
  readonly cases: readonly Case[]
  readonly ratios: readonly Ratio[]
  readonly kills: readonly Kill[]
  readonly peers: PeersResults
}

type CaseKey = readonly [subject: Subject, samples: number]

const evals: CaseKey = ['evals', 10_000]
const fourFiles: CaseKey = ['evals in four files', 10_000]
const threads: CaseKey = ['bare Vitest, threads', 10_000]
const forks: CaseKey = ['bare Vitest, forks', 10_000]
const small: CaseKey = ['evals', 1_000]
const large: CaseKey = ['evals', 100_000]

/**
 * Measures everything in the installed `project`, the cases of a group in turn; takes ten minutes.
 * @param isFull measures the peers under all loads, which takes hours
 */
export async function measureOverhead(project: string, isFull: boolean): Promise<OverheadResults> {
  // The first run fills the caches of the file system.
  await runSubject(project, ...small)
  const pairs = await interleave(project, [evals, threads, forks, fourFiles], 5)
  const sizes = await interleave(project, [small, evals, large], 3)
  const kills: Kill[] = []
  for (const after of [500, 2_000, 4_000, 6_000, 8_000]) kills.push(await killOnce(project, { samples: 10_000, after }))
  return {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    cases: [...pairs, ...[...sizes].filter(([key]) => key !== evals)].map(([key, runs]) => summarize(key, runs)),
    ratios: [
      compare(pairs, [evals, threads], 1.15),
      compare(pairs, [evals, forks], 1.15),
      compare(pairs, [fourFiles, evals], 1),
      compare(sizes, [large, evals], 11),
      compare(sizes, [evals, small]),
    ],
    kills,
    peers: await measurePeers(project, isFull),
  }
}

type Runs = ReadonlyMap<CaseKey, readonly SubjectRun[]>

/** Runs the cases in turn, so that whatever else the machine does meets all of them alike. */
async function interleave(project: string, keys: readonly CaseKey[], rounds: number): Promise<Runs> {
  const runs = new Map<CaseKey, SubjectRun[]>(keys.map((key) => [key, []]))
  for (let round = 1; round <= rounds; round += 1) {
    for (const [key, done] of runs) {
      const run = await runSubject(project, ...key)
      done.push(run)
      console.log(`round ${round}: ${nameOf(key)} ${Math.round(run.wallMs)} ms`)
    }
  }
  return runs
}

function summarize([subject, samples]: CaseKey, runs: readonly SubjectRun[]): Case {
  const spread = (figure: keyof Measurement): Spread => spreadOf(runs.map((run) => Math.round(run[figure])))
  const { records, diskBytes } = runs.at(-1)!
  const figures = { wallMs: spread('wallMs'), cpuMs: spread('cpuMs'), peakBytes: spread('peakBytes') }
  return { subject, samples, ...figures, records, diskBytes }
}

function compare(runs: Runs, [of, to]: readonly [CaseKey, CaseKey], goal?: number): Ratio {
  const base = runs.get(to)!
  const ratios = (figure: keyof Measurement): Spread =>
    spreadOf(runs.get(of)!.map((run, round) => Number((run[figure] / base[round]![figure]).toFixed(3))))
  return {
    of: nameOf(of),
    to: nameOf(to),
    wall: ratios('wallMs'),
    cpu: ratios('cpuMs'),
    ...(goal === undefined ? {} : { goal }),
  }
}

function nameOf([subject, samples]: CaseKey): string {
  return `${subject}, ${samples.toLocaleString('en')}`
}
