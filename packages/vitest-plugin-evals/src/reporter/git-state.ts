import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RunInfo } from '@evals/core'

const run = promisify(execFile)

/** Commit, branch and whether files differ from it; `undefined` outside a Git checkout. */
export async function gitState(folder: string): Promise<RunInfo['git']> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: folder, timeout: 5000 })).stdout.trim()
  try {
    const [commit, branch, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('branch', '--show-current'),
      git('status', '--porcelain', '--untracked-files=no'),
    ])
    return { commit, branch: branch === '' ? null : branch, dirty: changes !== '' }
  } catch {
    return undefined
  }
}
