import { execFileSync } from 'node:child_process'
import { cpus, totalmem, type } from 'node:os'
import vitest from 'vitest/package.json' with { type: 'json' }

/** What a measurement was made on. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  readonly vitest: string
  /** Commit of this repository; `+` after it where files differ from it. */
  readonly commit: string
}

/** The machine and the versions at hand. */
export function describeMachine(): Machine {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'packages') !== ''
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.versions.node,
    vitest: vitest.version,
    commit: git('rev-parse', '--short', 'HEAD') + (changed ? '+' : ''),
  }
}
