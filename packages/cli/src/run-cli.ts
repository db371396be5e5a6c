import { CommanderError } from 'commander'
import { createProgram } from './program.ts'

/**
 * Runs a command.
 * @param args what stands behind `evals`
 * @returns the exit code
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = createProgram()
  const isCommand = (name: string | undefined): boolean => program.commands.some((command) => command.name() === name)
  // Only a command that is called is defined, and `help COMMAND` calls none.
  const called =
    args[0] !== 'help' ? args : [...args.slice(1), ...(args.length === 1 || isCommand(args[1]) ? ['--help'] : [])]
  try {
    await program.parseAsync(called, { from: 'user' })
    return 0
  } catch (error) {
    // Help and version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { reportError } = await import('./report-error.ts')
    return reportError(error, isCommand(called[0]) ? called[0] : undefined)
  }
}
