import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { measureProcess, type Measurement } from '../measured-process.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { commands } from './vitest-files.ts'

/** A finished experiment run again inside Vitest, and as many tests that do nothing. */
export interface ResumeCase {
  readonly samples: number
  readonly bare: { readonly wallMs: Spread; readonly peakBytes: Spread }
  readonly resumed: { readonly wallMs: Spread; readonly peakBytes: Spread }
}

const samples = 100_000
const rounds = 3

/** Records an experiment once, then goes on with it and runs the bare tests in turn. */
export async function measureResume(project: string): Promise<ResumeCase> {
  rmSync(join(project, '.evals'), { recursive: true, force: true })
  const run = (args: readonly string[]): Promise<Measurement> =>
    measureProcess({
      cwd: project,
      args: ['node_modules/vitest/vitest.mjs', ...args],
      environment: { SAMPLES: String(samples), EVALS_EXPERIMENT: 'finished' },
    })
  await run(commands.resumed)
  const measured: Record<keyof typeof commands, Measurement[]> = { bare: [], resumed: [] }
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of ['bare', 'resumed'] as const) {
      const figures = await run(commands[name])
      measured[name].push(figures)
      console.log(`${name}: ${Math.round(figures.wallMs)} ms, ${Math.round(figures.peakBytes / 1e6)} MB`)
    }
  }
  const spreads = (all: readonly Measurement[]): ResumeCase['bare'] => ({
    wallMs: spreadOf(all.map(({ wallMs }) => wallMs)),
    peakBytes: spreadOf(all.map(({ peakBytes }) => peakBytes)),
  })
  return { samples, bare: spreads(measured.bare), resumed: spreads(measured.resumed) }
}
