import { canonicalHash, sampleIdOf } from '../stored-value/canonical-hash.ts'
import { EvalsError } from '../errors.ts'
import { isObject } from '../is-object.ts'

/** Picks a value from a row: a column's name, or a function of the row. */
export type RowPick<Row, Value> = (keyof Row & string) | ((row: Row) => Value)

/** Where a sample's parts are found in a row; an absent one is picked up by its own name. */
export interface RowPicks<Row> {
  /** What the task is given. Default: the column `input`, else the row without its other parts. */
  readonly input?: RowPick<Row, unknown>
  /** The right answer. Default: the column `expected`. */
  readonly expected?: RowPick<Row, unknown>
  /** What the sample is known by. Default: the column `id`, else a hash of its input. */
  readonly id?: RowPick<Row, string | number>
  /** What `tags` of a run chooses by. Default: the column `tags`. */
  readonly tags?: RowPick<Row, readonly string[]>
  /** What else is told of the sample. Default: the column `metadata`. */
  readonly metadata?: RowPick<Row, Readonly<Record<string, unknown>>>
  /** What rows belong together by, such as the text that several questions are about; never picked up by name. */
  readonly cluster?: RowPick<Row, string | number | null | undefined>
  /**
   * Rows for which this is true are not planned; their tests show as skipped. Rows may lack the column. Of text, as in a CSV
   * file, `true`, `false` and nothing are read.
   */
  readonly skip?: RowPick<Row, boolean>
  /** Where any row has this, only those rows run; otherwise as `skip`. */
  readonly only?: RowPick<Row, boolean>
}

/** One row of a dataset with its stable identity. */
export interface Sample<Row = unknown> {
  readonly row: Row
  /** The row's own id, else 16 hex digits of its input's hash, with `-2`, `-3` … for duplicates. */
  readonly id: string
  /** Changes when anything in the row changes. */
  readonly rowHash: string
  readonly input: unknown
  readonly expected: unknown
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
  /** Samples with the same one are not independent. Absent: the sample stands for itself. */
  readonly cluster?: string
  /** The row's column names, for messages. */
  readonly columns: readonly string[]
  readonly skip: boolean
  readonly only: boolean
}

const namedColumns = ['expected', 'id', 'tags', 'metadata'] as const

/** Makes samples of rows in dataset order; keeps what is needed to give duplicates their ordinals. */
export class SampleFactory<Row> {
  readonly #picks: RowPicks<Row>
  readonly #occurrences = new Map<string, number>()
  readonly #ids = new Set<string>()
  #position = 0

  constructor(picks: RowPicks<Row>) {
    this.#picks = picks
  }

  /**
   * The sample of the next row.
   * @throws EvalsError `EVALS_DATASET_ROW_INVALID`, `EVALS_SAMPLE_ID_DUPLICATE`
   */
  next(row: Row): Sample<Row> {
    this.#position += 1
    const columns = columnsOf(row, this.#position)
    const input = this.#inputOf(row)
    const picks = this.#picks
    const cluster = this.#clusterOf(row)
    return {
      row,
      id: this.#idOf(row, input),
      rowHash: canonicalHash(row).slice(0, 16),
      input,
      expected: this.#pick(row, 'expected', picks.expected),
      tags: this.#tagsOf(row),
      metadata: this.#metadataOf(row),
      ...(cluster === undefined ? {} : { cluster }),
      columns,
      skip: this.#isMarked(row, 'skip'),
      only: this.#isMarked(row, 'only'),
    }
  }

  #inputOf(row: Row): unknown {
    if (this.#picks.input !== undefined) return this.#pick(row, 'input', this.#picks.input)
    if (!isObject(row)) return row
    if (Object.hasOwn(row, 'input')) return row['input']
    // Without label and marks a row keeps its identity when these change, whatever columns hold them.
    const left = new Set<string>(namedColumns)
    for (const name of [...namedColumns, 'skip', 'only'] as const) {
      const pick = this.#picks[name]
      if (typeof pick === 'string') left.add(pick)
    }
    return Object.fromEntries(Object.entries(row).filter(([column]) => !left.has(column)))
  }

  #idOf(row: Row, input: unknown): string {
    const own = this.#pick(row, 'id', this.#picks.id)
    const isOwn = own !== undefined && own !== null
    if (isOwn && (typeof own === 'string' ? own === '' : !Number.isFinite(own))) {
      throw this.#invalid(`has an \`id\` that is no text and no number (${typeof own})`, 'Give every row a short text.')
    }
    if (isOwn && Number.isInteger(own) && !Number.isSafeInteger(own)) {
      throw this.#invalid(
        `has an \`id\` that is too great for a number, which has altered its last digits (${String(own)})`,
        'Quote it: then it is a text.',
      )
    }
    const id = isOwn ? String(own) : this.#hashedId(input)
    if (this.#ids.has(id)) {
      throw new EvalsError(
        'EVALS_SAMPLE_ID_DUPLICATE',
        `Row ${this.#position} has the id "${id}", which an earlier row has too. Give each row its own id, or remove the ids: then samples are identified by their input.`,
        { details: { id, row: this.#position } },
      )
    }
    this.#ids.add(id)
    return id
  }

  #hashedId(input: unknown): string {
    const hash = sampleIdOf(input)
    const occurrence = (this.#occurrences.get(hash) ?? 0) + 1
    this.#occurrences.set(hash, occurrence)
    return occurrence === 1 ? hash : `${hash}-${occurrence}`
  }

  #tagsOf(row: Row): readonly string[] {
    const tags = this.#pick(row, 'tags', this.#picks.tags)
    if (tags === undefined || tags === null || tags === '') return []
    // A CSV file can only hold text.
    const list: unknown = typeof tags === 'string' ? tags.split(',').map((tag) => tag.trim()) : tags
    if (Array.isArray(list) && list.every((tag) => typeof tag === 'string')) {
      // Figures are by tag: twice the same one would count a sample twice.
      return [...new Set(list)].filter((tag) => tag !== '')
    }
    throw this.#invalid('has `tags` that are no list of texts', 'Write tags: ["billing", "slow"], or "billing,slow".')
  }

  #metadataOf(row: Row): Readonly<Record<string, unknown>> {
    const metadata = this.#pick(row, 'metadata', this.#picks.metadata)
    if (metadata === undefined || metadata === null) return {}
    return isObject(metadata) ? metadata : { metadata }
  }

  #clusterOf(row: Row): string | undefined {
    if (this.#picks.cluster === undefined) return undefined
    const cluster = this.#pick(row, 'cluster', this.#picks.cluster)
    if (cluster === undefined || cluster === null || cluster === '') return undefined
    if (typeof cluster === 'string' || Number.isFinite(cluster)) return String(cluster)
    throw this.#invalid(
      `has a \`cluster\` that is no text and no number (${typeof cluster})`,
      'Name it by a short text.',
    )
  }

  #isMarked(row: Row, name: 'skip' | 'only'): boolean {
    const pick = this.#picks[name]
    if (typeof pick === 'string' && !(isObject(row) && Object.hasOwn(row, pick))) return false
    const mark = pick === undefined ? false : this.#pick(row, name, pick)
    // A CSV file can only hold text.
    const text = typeof mark === 'string' ? mark.trim().toLowerCase() : mark
    if (text === true || text === 'true') return true
    if (text === undefined || text === null || text === false || text === 'false' || text === '') return false
    throw this.#invalid(
      `has ${JSON.stringify(mark)} where the option \`${name}\` wants true or false`,
      'Write true or false, or leave it out.',
    )
  }

  #pick(row: Row, name: string, pick: RowPick<Row, unknown> | undefined): unknown {
    if (typeof pick === 'function') return pick(row)
    if (!isObject(row)) return undefined
    if (pick === undefined) return row[name]
    if (Object.hasOwn(row, pick)) return row[pick]
    throw this.#invalid(
      `has no column "${pick}", which the option \`${name}\` names`,
      `Its columns are ${Object.keys(row).join(', ')}.`,
    )
  }

  #invalid(what: string, next: string): EvalsError {
    return new EvalsError('EVALS_DATASET_ROW_INVALID', `Row ${this.#position} of the dataset ${what}. ${next}`, {
      details: { row: this.#position },
    })
  }
}

function columnsOf(row: unknown, position: number): readonly string[] {
  if (typeof row === 'string') return []
  if (isObject(row)) return Object.keys(row)
  const got = row === null ? 'null' : Array.isArray(row) ? 'an array' : typeof row
  throw new EvalsError(
    'EVALS_DATASET_ROW_INVALID',
    `Row ${position} of the dataset is ${got}; a row is an object such as { question, expected } or a text.`,
    { details: { row: position } },
  )
}
