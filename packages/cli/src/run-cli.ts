import { CommanderError } from 'commander'
import { createProgram } from './program.ts'

/**
 * Runs a command.
 * @param args what stands behind `evals`
 * @returns the exit code
 */
export async function runCli(args: readonly string[]): Promise<number> {
  let command: string | undefined
  try {
    const program = createProgram()
    const isCommand = (name: string | undefined): boolean => program.commands.some((known) => known.name() === name)
    // Only a command that is called is defined, and `help COMMAND` calls none.
    const called =
      args[0] !== 'help' ? args : [...args.slice(1), ...(args.length === 1 || isCommand(args[1]) ? ['--help'] : [])]
    if (isCommand(called[0])) command = called[0]
    await program.parseAsync(called, { from: 'user' })
    return 0
  } catch (error) {
    // Help and version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { reportError } = await import('./report-error.ts')
    return reportError(error, command)
  }
}
