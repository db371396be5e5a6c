import { globSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { measureProcess, type Command, type Measurement } from '../measured-process.ts'
import { environmentOf } from './load.ts'

const vitest = ['node_modules/vitest/vitest.mjs', 'run']

const subjects = {
  evals: { args: ['--project', 'evals', 'one.eval.js'], files: 1 },
  'evals in four files': { args: ['--project', 'evals', 'four'], files: 4 },
  'bare Vitest, threads': { args: ['--config', 'bare-threads.config.js'], files: 1 },
  'bare Vitest, forks': { args: ['--config', 'bare-forks.config.js'], files: 1 },
} as const

/** What is measured; each runs in the project of `projects.ts`. */
export type Subject = keyof typeof subjects

/** A measured run with what it left on disk. */
export interface SubjectRun extends Measurement {
  readonly records: number
  readonly diskBytes: number
}

/** The command of a subject for samples of 10 ms, 100 at a time; its files share the samples. */
export function commandOf(project: string, subject: Subject, samples: number): Command {
  const { args, files } = subjects[subject]
  const environment = environmentOf({ samples: samples / files, waitMs: 10, concurrency: 100 })
  return { cwd: project, args: [...vitest, ...args], environment }
}

/** Runs a subject once from an empty store. */
export async function runSubject(project: string, subject: Subject, samples: number): Promise<SubjectRun> {
  clearStore(project)
  const measurement = await measureProcess(commandOf(project, subject, samples))
  const files = globSync(join(project, '.evals/**/*')).filter((path) => statSync(path).isFile())
  return {
    ...measurement,
    records: recordLines(project).length,
    diskBytes: files.reduce((sum, path) => sum + statSync(path).size, 0),
  }
}

/** Removes all experiments. */
export function clearStore(project: string): void {
  rmSync(join(project, '.evals'), { recursive: true, force: true })
}

/** The lines of all record files, a torn last one included. */
export function recordLines(project: string): string[] {
  return globSync(join(project, '.evals/experiments/*/records/*.jsonl')).flatMap((path) =>
    readFileSync(path, 'utf8').split('\n').filter(Boolean),
  )
}
