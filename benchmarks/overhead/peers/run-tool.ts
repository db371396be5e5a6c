import { existsSync, globSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { killProcess, tryProcess, type Command, type Measurement } from '../../measured-process.ts'
import { environmentOf, type Load } from '../load.ts'
import type { Tool } from './tool.ts'

/** A tool in the folder where it is installed. */
export interface InstalledTool {
  readonly tool: Tool
  readonly folder: string
}

/** A measured run with what it left on disk. */
export interface FinishedRun extends Measurement {
  readonly records: number
  readonly diskBytes: number
}

/** A measured run, or why it came to nothing. */
export type ToolRun = FinishedRun | { readonly problem: string }

/** What a tool left that was killed with SIGKILL. */
export interface ToolKill {
  readonly tool: string
  readonly samples: number
  /** Tasks that had returned their answer. */
  readonly answered: number
  readonly records: number
  /** Why that says nothing of it. */
  readonly problem?: string
}

/** Runs a tool once, with nothing left of earlier runs. */
export async function runTool({ tool, folder }: InstalledTool, load: Load, limitMs: number): Promise<ToolRun> {
  clear(folder, tool)
  const run = await tryProcess(commandOf({ tool, folder }, load), limitMs)
  if ('problem' in run) return run
  const files = globSync(join(folder, tool.leaves)).filter((path) => statSync(path).isFile())
  const diskBytes = files.reduce((sum, path) => sum + statSync(path).size, 0)
  return { ...run, records: tool.records(folder), diskBytes }
}

/** Kills a run as soon as half of its tasks have returned their answers, and counts what can be read from the disk. */
export async function killTool({ tool, folder }: InstalledTool, load: Load): Promise<ToolKill> {
  clear(folder, tool)
  const answeredFile = join(folder, 'answered.txt')
  rmSync(answeredFile, { force: true })
  const answered = (): number => (existsSync(answeredFile) ? statSync(answeredFile).size : 0)
  const { environment, ...command } = commandOf({ tool, folder }, load)
  const killed = { ...command, environment: { ...environment, ANSWERED: answeredFile } }
  const problem = await killProcess(killed, () => answered() >= load.samples / 2).then(
    () => ({}),
    (error: unknown) => {
      // A native module of a tool may not fit this Node; the others are measured all the same.
      console.error(error)
      return { problem: 'ended by itself' }
    },
  )
  return { tool: tool.name, samples: load.samples, answered: answered(), records: tool.records(folder), ...problem }
}

function commandOf({ tool, folder }: InstalledTool, load: Load): Command {
  return { cwd: folder, args: tool.args, environment: { ...environmentOf(load), ...tool.environment } }
}

function clear(folder: string, { leaves }: Tool): void {
  rmSync(join(folder, leaves.replace('/**', '')), { recursive: true, force: true })
}
