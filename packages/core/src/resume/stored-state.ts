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
  /** Names of those that no other score tells the giver of: a scorer of that name, or the task. */
  readonly unclaimed: readonly string[]
  /** Score → the scorer that gave it, or failed to. */
  readonly givers: Readonly<Record<string, string>>
  /** The task itself gave a score, or asserted something. */
  readonly scoredByTask: boolean
  /** An assertion of the task failed, and so no scorer was asked. */
  readonly assertionFailed: boolean
}

/** Makes states of records; those that one reader made share their facts. */
export class StateReader {
  readonly #facts = new Map<string, StoredFacts>()

  read(record: SampleRecord): StoredState {
    const likeness = likenessOf(record)
    let facts = this.#facts.get(likeness)
    if (facts === undefined) this.#facts.set(likeness, (facts = factsOf(record)))
    return { rowHash: record.rowHash, facts }
  }
}

/** A text that only records of equal facts share; it is made faster than the facts, and there may be 100,000 records. */
function likenessOf(record: SampleRecord): string {
  let text = `${record.outcome} ${'output' in record}`
  for (const [name, { error, scorer = '', absent = false }] of Object.entries(record.scores)) {
    text += ` ${name.length} ${name} ${scorer.length} ${scorer} ${error !== undefined} ${absent}`
  }
  return `${text} ${record.scorers === undefined ? '' : JSON.stringify(record.scorers)}`
}

function factsOf(record: SampleRecord): StoredFacts {
  const entries = Object.entries(record.scores)
  const failures = entries.filter(([, { error }]) => error !== undefined)
  const judged = new Map(Object.entries(record.scorers ?? unknownScorers(entries)))
  return {
    outcome: record.outcome,
    hasOutput: 'output' in record,
    judged,
    failed: failures.map(([name, { scorer = name }]) => scorer),
    unclaimed: failures.flatMap(([name, { scorer }]) => (scorer === undefined ? [name] : [])),
    givers: giversOf(entries, record.scorers),
    scoredByTask: entries.some(([name, score]) => isTaskScore(name, score, judged)),
    assertionFailed: entries.some(([, { absent }]) => absent === true),
  }
}

type ScoreEntry = readonly [name: string, score: SampleRecord['scores'][string]]

/** Records of versions that did not write `scorers`: whoever gave a score has judged. */
function unknownScorers(entries: readonly ScoreEntry[]): Record<string, string> {
  const given = entries.filter(([name, { error }]) => error === undefined && name !== 'assertions')
  return Object.fromEntries(given.map(([name]) => [name, '']))
}

/** Of versions that did not write who judged, a score of another name than its scorer's is all that tells. */
function giversOf(entries: readonly ScoreEntry[], judged: SampleRecord['scorers']): Record<string, string> {
  const givers = entries.flatMap(([name, { scorer, error, absent }]): [string, string][] => {
    const isOwn = judged !== undefined && (Object.hasOwn(judged, name) || error !== undefined || absent === true)
    return scorer === undefined && !isOwn ? [] : [[name, scorer ?? name]]
  })
  return Object.fromEntries(givers)
}

function isTaskScore(
  name: string,
  { scorer, error, absent }: ScoreEntry[1],
  judged: ReadonlyMap<string, string>,
): boolean {
  return scorer === undefined && error === undefined && absent === undefined && !judged.has(name)
}
