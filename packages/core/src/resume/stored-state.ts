import type { SampleRecord } from '../record/record.ts'

/** What resuming has to know of one record. The facts of alike records are one object. */
export interface StoredState {
  readonly rowHash: string
  readonly facts: StoredFacts
}

/** What many records have in common. */
export interface StoredFacts {
  readonly outcome: SampleRecord['outcome']
  readonly hasOutput: boolean
  /** Scorers that need not judge the output again: name → fingerprint, empty where it is not known. */
  readonly judged: ReadonlyMap<string, string>
  /** Names of scores that are errors, and of the scorers that gave them. */
  readonly failed: readonly string[]
  /** The task itself gave a score, or asserted something. */
  readonly scoredByTask: boolean
  /** An assertion of the task failed, and so no scorer was asked. */
  readonly assertionFailed: boolean
}

/** Makes states of records; those that one reader made share their facts. */
export class StateReader {
  readonly #facts = new Map<string, StoredFacts>()

  read(record: SampleRecord): StoredState {
    const { rowHash, outcome } = record
    const entries = Object.entries(record.scores)
    const judged = Object.entries(record.scorers ?? unknownScorers(entries))
    const failed = entries.flatMap(([name, { error, scorer = name }]) => (error === undefined ? [] : [scorer]))
    const names = new Set(judged.map(([name]) => name))
    const facts = {
      outcome,
      hasOutput: 'output' in record,
      failed,
      scoredByTask: entries.some(([name, score]) => isTaskScore(name, score, names)),
      assertionFailed: entries.some(([, { absent }]) => absent === true),
    }
    const key = JSON.stringify([facts, judged])
    let shared = this.#facts.get(key)
    if (shared === undefined) this.#facts.set(key, (shared = { ...facts, judged: new Map(judged) }))
    return { rowHash, facts: shared }
  }
}

type ScoreEntry = readonly [name: string, score: SampleRecord['scores'][string]]

/** Records of versions that did not write `scorers`: whoever gave a score has judged. */
function unknownScorers(entries: readonly ScoreEntry[]): Record<string, string> {
  const given = entries.filter(([name, { error }]) => error === undefined && name !== 'assertions')
  return Object.fromEntries(given.map(([name]) => [name, '']))
}

function isTaskScore(name: string, { scorer, error, absent }: ScoreEntry[1], judged: ReadonlySet<string>): boolean {
  return scorer === undefined && error === undefined && absent === undefined && !judged.has(name)
}
