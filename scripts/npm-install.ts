import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const timeoutMs = 4 * 60_000
const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
// npm waits five minutes for an answer that was lost; asking again gets one.
const patience = ['--fetch-timeout=20000', '--fetch-retries=6', '--prefer-offline']

/**
 * `npm install` in a folder, with these packages or those of its package.json. An npm that hangs is killed after four
 * minutes, and called once more.
 * @throws Error of `child_process` with what npm printed
 */
export async function npmInstall(folder: string, packages: readonly string[] = []): Promise<void> {
  const install = (): Promise<unknown> =>
    promisify(execFile)('npm', ['install', ...quiet, ...patience, ...packages], {
      cwd: folder,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
  await install().catch((error: unknown) => {
    if (!(error instanceof Error && 'killed' in error && error.killed === true)) throw error
    console.error(`npm install in ${folder} was killed after ${timeoutMs} ms; once more`)
    return install()
  })
}
