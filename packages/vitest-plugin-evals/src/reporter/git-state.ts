import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RunInfo } from '@evals/core'

const run = promisify(execFile)

// One process instead of three: each takes its time to start.
const command = [
  '--no-optional-locks',
  'status',
  '--porcelain=v2',
  '--branch',
  '--no-ahead-behind',
  '--untracked-files=no',
]

/** Commit, branch and whether files differ from it; `undefined` outside a Git checkout and before its first commit. */
export async function gitState(folder: string): Promise<RunInfo['git']> {
  try {
    const { stdout } = await run('git', command, { cwd: folder, timeout: 5000 })
    const lines = stdout.split('\n').filter((line) => line !== '')
    const header = (name: string): string | undefined =>
      lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length)
    const commit = header('oid')
    const branch = header('head')
    if (commit === undefined || commit === '(initial)' || branch === undefined) return undefined
    return {
      commit,
      branch: branch === '(detached)' ? null : branch,
      dirty: lines.some((line) => !line.startsWith('#')),
    }
  } catch {
    return undefined
  }
}
