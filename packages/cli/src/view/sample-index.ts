import { countsInstead, evalKey, keyOf, type RemovedSamples, type SampleRecord, type SampleResult } from '@evals/core'
import type { LoggedRecord } from '@evals/storage'
import type { EvalIdentity, RowChunk, RowOutcome, SampleAddress } from '@evals/dashboard'
import { cellsOf, type SampleCells } from './sample-cells.ts'

/** A record in few bytes, and where it is kept. */
interface Found {
  readonly place: number
  readonly cells: SampleCells
}

/** What the table knows of one sample. */
interface Row {
  /** See {@link sampleKey}. */
  readonly key: string
  readonly number: number
  readonly eval: number
  /** The version of the index in which it last changed. */
  version: number
  place: number
  cells: SampleCells
}

interface EvalRows {
  readonly number: number
  readonly identity: EvalIdentity
  /** The one that counts. */
  revision: number
  /** By newer revision that is not complete yet, its samples. */
  readonly waiting: Map<number, Map<string, Found>>
}

/**
 * Of every sample of an experiment the record that counts, in a few hundred bytes: the newest scored one of a row, else the
 * newest, of the newest revision that is complete. Numbers of rows never change.
 */
export class SampleIndex {
  readonly #scorers = new Set<string>()
  readonly #evals = new Map<string, EvalRows>()
  readonly #rows: Row[] = []
  readonly #byKey = new Map<string, Row>()
  /** Numbers of rows, those that changed last at the end; a row may be in it several times. */
  readonly #changes: number[] = []
  /** Samples that are no part of their eval any more. */
  #left: ReadonlySet<string> = new Set()

  /** Grows by one with every change. */
  get version(): number {
    return this.#changes.length
  }

  add({ place, record }: LoggedRecord): void {
    const rows = this.#evalOf(record)
    const { revision, revisionSize = 1 } = record
    if (revision < rows.revision) return
    const key = sampleKey({ key: rows.identity.key, id: record.id, epoch: record.epoch })
    const found = { place, cells: cellsOf(record) }
    if (revision === rows.revision) {
      this.#take(rows, key, found)
      return
    }
    const waiting = rows.waiting.get(revision) ?? new Map<string, Found>()
    rows.waiting.set(revision, waiting)
    if (replaces(found, waiting.get(key))) waiting.set(key, found)
    if (waiting.size < revisionSize) return
    this.#beginAnew(rows, revision)
    for (const [sample, one] of waiting) this.#take(rows, sample, one)
  }

  /** Samples that count no more; those that were left out before and are not among them count again. */
  leaveOut(removed: RemovedSamples): void {
    const left = new Set([...removed].flatMap(([key, samples]) => [...samples].map((sample) => `${key}\n${sample}`)))
    const before = this.#left
    this.#left = left
    for (const key of [...left, ...before]) {
      const row = this.#byKey.get(key)
      if (row !== undefined && left.has(key) !== before.has(key)) this.#changed(row)
    }
  }

  /** Where the record that counts of a sample is kept. */
  placeOf(sample: SampleAddress): number | undefined {
    return this.#byKey.get(sampleKey(sample))?.place
  }

  /** The samples of each eval as far as statistics need them. */
  results(): { readonly identity: EvalIdentity; readonly results: SampleResult[] }[] {
    return [...this.#evals.values()].map(({ identity, number }) => ({
      identity,
      results: this.#rows
        .filter((row) => row.eval === number && this.#outcomeOf(row) !== 'removed')
        .map(({ cells }) => cells.result),
    }))
  }

  /** Where the records that count are kept, in the order of the rows. */
  places(): number[] {
    return this.#rows.map(({ place }) => place)
  }

  /** At most `limit` changes that came after a version, each row as it is now. */
  changesAfter(version: number, limit: number): RowChunk {
    const end = Math.min(this.version, version + limit)
    const rows = this.#changes
      .slice(version, end)
      .map((number) => this.#rows[number]!)
      // One that changed again comes with its last change.
      .filter((row, index) => row.version === version + index + 1)
    const column = <Key extends keyof SampleCells>(key: Key): SampleCells[Key][] => rows.map(({ cells }) => cells[key])
    return {
      version: end,
      evals: [...this.#evals.values()].map(({ identity }) => identity),
      rows: rows.map(({ number }) => number),
      columns: {
        eval: rows.map((row) => row.eval),
        id: column('id'),
        epoch: column('epoch'),
        outcome: rows.map((row) => this.#outcomeOf(row)),
        passed: column('passed'),
        durationMs: column('durationMs'),
        costUsd: column('costUsd'),
        tokens: column('tokens'),
        tags: column('tags'),
        error: column('error'),
        input: column('input'),
        expected: column('expected'),
        output: column('output'),
      },
      scores: Object.fromEntries(
        [...this.#scorers].map((name) => [
          name,
          rows.map(({ cells: { result } }) => (Object.hasOwn(result.scores, name) ? result.scores[name]! : 'none')),
        ]),
      ),
    }
  }

  #take(rows: EvalRows, key: string, found: Found): void {
    const before = this.#byKey.get(key)
    if (!replaces(found, before)) return
    for (const name of Object.keys(found.cells.result.scores)) this.#scorers.add(name)
    const row = before ?? { ...found, key, number: this.#rows.length, eval: rows.number, version: 0 }
    if (before === undefined) {
      this.#rows.push(row)
      this.#byKey.set(key, row)
    } else Object.assign(before, found)
    this.#changed(row)
  }

  #outcomeOf({ key, cells }: Row): RowOutcome {
    return this.#left.has(key) ? 'removed' : cells.outcome
  }

  #changed(row: Row): void {
    row.version = this.#changes.push(row.number)
  }

  #evalOf({ eval: name, variant }: SampleRecord): EvalRows {
    const key = evalKey(name, variant)
    let rows = this.#evals.get(key)
    if (rows === undefined) {
      const identity = { key, eval: name, variant }
      rows = { number: this.#evals.size, identity, revision: 0, waiting: new Map() }
      this.#evals.set(key, rows)
    }
    return rows
  }

  #beginAnew(rows: EvalRows, revision: number): void {
    rows.revision = revision
    for (const older of rows.waiting.keys()) if (older <= revision) rows.waiting.delete(older)
    for (const [key, row] of this.#byKey) {
      if (row.eval !== rows.number) continue
      this.#byKey.delete(key)
      row.cells = { ...row.cells, outcome: 'removed' }
      this.#changed(row)
    }
  }
}

function replaces({ cells }: Found, before: Found | undefined): boolean {
  return countsInstead(cells.result, before?.cells.result)
}

function sampleKey({ key, id, epoch }: SampleAddress): string {
  return `${key}\n${keyOf({ id, epoch })}`
}
