import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'
import { withStore } from '../experiment/storage.ts'
import { createWholeProgram } from '../program.ts'

/**
 * Both `completions SHELL`, which prints a script, and `complete -- WORDS`, which that script calls: the adapter adds them
 * to a command line of its own, on which everything is defined.
 */
export function defineCompletions(command: Command): void {
  command
    .allowUnknownOption()
    .helpOption(command.name() === 'complete' ? false : '-h, --help')
    .action(complete)
}

async function complete(): Promise<void> {
  const program = await createWholeProgram({ leaveOut: 'completions' })
  const completion = tab(program, { completionCommandName: 'completions' })
  const args = process.argv.slice(2)
  if (args[0] === 'complete') {
    const names = await experimentNames()
    for (const { arguments: all } of completion.commands.values()) {
      for (const argument of ['experiment', 'base', 'other'].flatMap((name) => all.get(name) ?? [])) {
        argument.handler = (add) => {
          for (const name of names) add(name, '')
        }
      }
    }
  }
  await program.parseAsync(args, { from: 'user' })
}

/** Empty where the store cannot be read: a shell that completes is no place for messages. */
async function experimentNames(): Promise<readonly string[]> {
  try {
    const listings = await withStore({}, (store) => store.list())
    return ['last', ...listings.map(({ experiment }) => experiment)]
  } catch {
    return []
  }
}
