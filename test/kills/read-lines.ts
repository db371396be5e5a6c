import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A record as far as the checks look at it. */
export interface StoredLine {
  readonly key: string
  readonly outcome: string
  /** What the judge said. */
  readonly score: unknown
}

/** What lies in the files of an experiment, read without the store's own code. */
export interface StoredLines {
  readonly lines: readonly StoredLine[]
  /** Files whose last line has no end and is no JSON, as a killed process may leave them. */
  readonly torn: number
}

/**
 * Reads an experiment's folder; an absent one is empty.
 * @throws SyntaxError if `experiment.json`, or any line but a torn one, is no JSON
 */
export function readLines(experimentFolder: string): StoredLines {
  const document = join(experimentFolder, 'experiment.json')
  if (existsSync(document)) JSON.parse(readFileSync(document, 'utf8'))
  const folder = join(experimentFolder, 'records')
  if (!existsSync(folder)) return { lines: [], torn: 0 }
  const lines: StoredLine[] = []
  let torn = 0
  for (const name of readdirSync(folder)) {
    const texts = readFileSync(join(folder, name), 'utf8').split('\n')
    const last = texts.pop()!
    // A line that lacks nothing but its end is a record.
    if (isJson(last)) texts.push(last)
    else if (last !== '') torn += 1
    lines.push(...texts.map(parseLine))
  }
  return { lines, torn }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function parseLine(text: string): StoredLine {
  const { id, epoch, outcome, scores } = JSON.parse(text) as {
    id: string
    epoch: number
    outcome: string
    scores: { judge?: { value: unknown } }
  }
  return { key: `${id}:${epoch}`, outcome, score: scores.judge?.value }
}
