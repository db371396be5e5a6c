import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { killProcess } from '../measured-process.ts'
import { idLength } from './projects.ts'
import { clearStore, commandOf, recordLines } from './subjects.ts'

/** What a run left that was killed with SIGKILL. */
export interface Kill {
  readonly samples: number
  /** Tests whose result had reached Vitest's reporters. */
  readonly reported: number
  readonly records: number
  /** Lines that are no JSON; a killed process may leave one at the end of each file. */
  readonly torn: number
  /** Reported tests without a record. */
  readonly lost: number
}

/** Kills a run of `samples` samples when `after` of them have been reported, and counts what is on disk. */
export async function killOnce(project: string, { samples, after }: { samples: number; after: number }): Promise<Kill> {
  clearStore(project)
  const reportedFile = join(project, 'reported.txt')
  rmSync(reportedFile, { force: true })
  const { environment, ...command } = commandOf(project, 'evals', samples)
  await killProcess(
    { ...command, environment: { ...environment, REPORTED: reportedFile } },
    () => existsSync(reportedFile) && statSync(reportedFile).size >= after * (idLength + 1),
  )
  const reported = readFileSync(reportedFile, 'utf8').split('\n').filter(Boolean)
  const ids = recordLines(project).map(idOf)
  const recorded = new Set(ids)
  return {
    samples,
    reported: reported.length,
    records: recorded.size - (recorded.has(undefined) ? 1 : 0),
    torn: ids.filter((id) => id === undefined).length,
    lost: reported.filter((id) => !recorded.has(id)).length,
  }
}

function idOf(line: string): string | undefined {
  try {
    return (JSON.parse(line) as { id: string }).id
  } catch {
    return undefined
  }
}
