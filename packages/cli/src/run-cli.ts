import { CommanderError } from 'commander'
import { createProgram } from './program.ts'

/**
 * Runs a command.
 * @param args what stands behind `evals`
 * @returns the exit code
 */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    // Only a command that is called is defined, and `help COMMAND` calls none.
    const called = args[0] === 'help' ? [...args.slice(1), '--help'] : args
    await createProgram().parseAsync(called, { from: 'user' })
    return 0
  } catch (error) {
    // Help and version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { reportError } = await import('./report-error.ts')
    return reportError(error, args[0])
  }
}
