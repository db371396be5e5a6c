import type { ResultScore } from '@evals/core'
import { shortNames } from '../samples/short-names.ts'
import type { EvalIdentity, RowChunk, RowColumns, SampleAddress } from '../protocol.ts'

type Writable<Lists> = {
  -readonly [Key in keyof Lists]: Lists[Key] extends readonly (infer Item)[] ? Item[] : never
}
type Columns = Writable<RowColumns>

/** The samples of an experiment as columns, which grow and change while a run goes on. */
export class SampleTable {
  /** Changes with the rows. */
  version = 0
  evals: readonly EvalIdentity[] = []
  /** Names of the evals that are enough to tell them apart. */
  evalNames: readonly string[] = []
  readonly columns: Columns = emptyColumns()
  /** All tags and errors that any row has, or has had. */
  readonly tags: Set<string> = new Set()
  readonly errors: Set<string> = new Set()
  /** Whether any row has an expected value, or a cost. */
  hasExpected = false
  hasCost = false
  readonly scores: Map<string, (ResultScore | 'none')[]> = new Map()
  #count = 0
  /** What a row is searched by, made when it is first searched. */
  readonly #texts: (string | undefined)[] = []

  /** How many row numbers are taken; those `removed` are among them. */
  get size(): number {
    return this.columns.id.length
  }

  /** How many samples there are. */
  get count(): number {
    return this.#count
  }

  get scorers(): string[] {
    return [...this.scores.keys()]
  }

  apply({ evals, rows, columns, scores }: RowChunk): void {
    this.version += 1
    this.evals = evals
    this.evalNames = shortNames(evals.map(({ key }) => key))
    for (const [index, row] of rows.entries()) {
      this.#count += Number(columns.outcome[index] !== 'removed') - Number(this.#has(row))
    }
    for (const name of Object.keys(this.columns) as (keyof Columns)[]) {
      place<unknown>(this.columns[name], rows, columns[name])
    }
    for (const [name, values] of Object.entries(scores)) {
      let column = this.scores.get(name)
      if (column === undefined) this.scores.set(name, (column = []))
      place(column, rows, values)
    }
    for (const row of rows) this.#texts[row] = undefined
    for (const tag of columns.tags.flat()) this.tags.add(tag)
    for (const error of columns.error) if (error !== '') this.errors.add(error)
    this.hasExpected ||= columns.expected.some((text) => text !== '')
    this.hasCost ||= columns.costUsd.some((cost) => cost !== null)
  }

  score(scorer: string, row: number): ResultScore | 'none' {
    return this.scores.get(scorer)?.[row] ?? 'none'
  }

  /** The text a row is searched by, in lower case. */
  textOf(row: number): string {
    const { id, input, expected, output, error } = this.columns
    return (this.#texts[row] ??=
      `${id[row]}\n${input[row]}\n${expected[row]}\n${output[row]}\n${error[row]}`.toLowerCase())
  }

  address(row: number): SampleAddress {
    const { eval: evals, id, epoch } = this.columns
    return { key: this.evals[evals[row]!]!.key, id: id[row]!, epoch: epoch[row]! }
  }

  /** The row of a sample; `undefined` if there is none (yet). */
  find({ epoch, ...sample }: SampleAddress): number | undefined {
    return this.#rowsOf(sample).find((row) => this.columns.epoch[row] === epoch)
  }

  /** The epochs of a sample that have a row, in their order. */
  epochsOf(sample: Pick<SampleAddress, 'key' | 'id'>): number[] {
    const epochs = this.#rowsOf(sample).map((row) => this.columns.epoch[row]!)
    return epochs.toSorted((a, b) => a - b)
  }

  /** The rows of the scored samples of an eval. */
  scoredRows(evalKey: string): number[] {
    const { eval: evals, outcome } = this.columns
    const evalNumber = this.#evalNumber(evalKey)
    return [...outcome.keys()].filter((row) => evals[row] === evalNumber && outcome[row] === 'scored')
  }

  #evalNumber(evalKey: string): number {
    return this.evals.findIndex(({ key }) => key === evalKey)
  }

  #rowsOf({ key, id }: Pick<SampleAddress, 'key' | 'id'>): number[] {
    const evalNumber = this.#evalNumber(key)
    const { columns } = this
    const rows: number[] = []
    for (let row = columns.id.indexOf(id); row !== -1; row = columns.id.indexOf(id, row + 1)) {
      if (columns.eval[row] === evalNumber && columns.outcome[row] !== 'removed') rows.push(row)
    }
    return rows
  }

  #has(row: number): boolean {
    return (this.columns.outcome[row] ?? 'removed') !== 'removed'
  }
}

function place<Item>(column: Item[], rows: readonly number[], values: readonly Item[]): void {
  for (let index = 0; index < rows.length; index += 1) column[rows[index]!] = values[index]!
}

function emptyColumns(): Columns {
  return {
    eval: [],
    id: [],
    epoch: [],
    outcome: [],
    passed: [],
    durationMs: [],
    costUsd: [],
    tokens: [],
    tags: [],
    error: [],
    input: [],
    expected: [],
    output: [],
  }
}
