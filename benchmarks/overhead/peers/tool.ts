import type { Command } from '../../measured-process.ts'

/** Something that runs an eval; its project lies in a folder of its own. */
export interface Tool {
  readonly name: string
  readonly args: Command['args']
  readonly environment?: Command['environment']
  /** Glob of all that a run leaves in the folder. */
  readonly leaves: string
  /** How many samples with their scores can be read from what a run left there. */
  readonly records: (folder: string) => number
  /** Runs one sample after the other, and has no option for it. */
  readonly isSequential?: boolean
}

/** Another project's tool, or several settings of it, with what a user would install and write. */
export interface Peer {
  /** The package whose version is told. */
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  /** Path → text; `answers.js` of `projects.ts` lies beside them. */
  readonly files: Readonly<Record<string, string>>
  readonly tools: readonly Tool[]
}
