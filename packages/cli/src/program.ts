import { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { expectStreamErrors } from './terminal/stream-errors.ts'

/** Adds options and the action to a command. */
type Define = (command: Command) => void | Promise<void>

interface CommandEntry {
  /** Name and arguments. */
  readonly signature: string
  /** Absent: the help leaves it out. */
  readonly about?: string
  /** Loads the command's module. */
  readonly load: () => Promise<Define>
}

/** One entry a command, in the order of the help. */
const entries: readonly CommandEntry[] = [
  {
    signature: 'run [filters...]',
    about: 'run evals with Vitest',
    load: async () => (await import('./commands/run.ts')).defineRun,
  },
  {
    signature: 'list',
    about: 'list experiments, the newest first',
    load: async () => (await import('./commands/list.ts')).defineList,
  },
  {
    signature: 'show <experiment>',
    about: 'show the figures of an experiment, its errors or a sample',
    load: async () => (await import('./commands/show.ts')).defineShow,
  },
  {
    signature: 'view',
    about: 'show experiments in the browser',
    load: async () => (await import('./commands/view.ts')).defineView,
  },
  {
    signature: 'report <experiment>',
    about: 'write an experiment as one HTML file',
    load: async () => (await import('./commands/report.ts')).defineReport,
  },
  {
    signature: 'label <experiment>',
    about: "list people's labels with the answers they were given to",
    load: async () => (await import('./commands/label.ts')).defineLabel,
  },
  {
    signature: 'compare <base> [other]',
    about: 'tell whether an experiment, or a variant, is better or worse than another',
    load: async () => (await import('./commands/compare.ts')).defineCompare,
  },
  {
    signature: 'bench <dataset>',
    about: 'ask models the rows of a file and score their answers',
    load: async () => (await import('./commands/bench.ts')).defineBench,
  },
  {
    signature: 'rescore <experiment>',
    about: 'run scorers over stored outputs, without calling the models again',
    load: async () => (await import('./commands/rescore.ts')).defineRescore,
  },
  {
    signature: 'merge <target> <from...>',
    about: 'merge experiments, such as those of shards, into one',
    load: async () => (await import('./commands/merge.ts')).defineMerge,
  },
  {
    signature: 'datasets',
    about: 'list the datasets that modules define',
    load: async () => (await import('./commands/datasets.ts')).defineDatasets,
  },
  {
    signature: 'export <experiment>',
    about: 'write the records or figures of an experiment to standard output',
    load: async () => (await import('./commands/export.ts')).defineExport,
  },
  {
    signature: 'rename <experiment> <name>',
    about: 'give an experiment another name',
    load: async () => (await import('./commands/rename.ts')).defineRename,
  },
  {
    signature: 'delete <experiment>',
    about: 'delete an experiment with all its records',
    load: async () => (await import('./commands/delete.ts')).defineDelete,
  },
  {
    signature: 'cache',
    about: 'look at or clear the cache of model responses',
    load: async () => (await import('./commands/cache.ts')).defineCache,
  },
  {
    signature: 'doctor',
    about: 'check what evals need',
    load: async () => (await import('./commands/doctor.ts')).defineDoctor,
  },
  {
    signature: 'init',
    about: 'add evals to the project in this folder',
    load: async () => (await import('./commands/init.ts')).defineInit,
  },
  {
    signature: 'completions <shell>',
    about: 'print the completion script of bash, zsh, fish or powershell',
    load: async () => (await import('./commands/completions.ts')).defineCompletions,
  },
  // What completion scripts call.
  {
    signature: 'complete [words...]',
    load: async () => (await import('./commands/completions.ts')).defineCompletions,
  },
]

/** The command line; a command is defined when it is called, so that starting costs only what is used. */
export function createProgram(): Command {
  const program = createRoot()
  const added = new Map(entries.map((entry) => [addCommand(program, entry), entry]))
  return program.hook('preSubcommand', async (_program, command) => {
    const define = await added.get(command)?.load()
    await define?.(command)
  })
}

/** The command line with every command that the help names defined; `leaveOut` is the name of one that is not added. */
export async function createWholeProgram({ leaveOut }: { readonly leaveOut?: string } = {}): Promise<Command> {
  const program = createRoot()
  for (const entry of entries) {
    const isLeftOut =
      entry.about === undefined || (leaveOut !== undefined && entry.signature.startsWith(`${leaveOut} `))
    if (!isLeftOut) await (await entry.load())(addCommand(program, entry))
  }
  return program
}

function createRoot(): Command {
  return new Command('evals')
    .description('LLM evaluations as ordinary Vitest tests')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: writeTo(process.stdout), writeErr: writeTo(process.stderr), outputError: () => {} })
    .addHelpText('after', '\n`evals help COMMAND` tells more. For an experiment, "last" is the newest.')
}

/** For helps and versions, which commander writes by itself. */
function writeTo(stream: NodeJS.WritableStream): (text: string) => void {
  return (text) => {
    expectStreamErrors()
    stream.write(text)
  }
}

function addCommand(program: Command, { signature, about }: CommandEntry): Command {
  const command = program.command(signature, { hidden: about === undefined })
  return about === undefined ? command : command.description(about)
}
