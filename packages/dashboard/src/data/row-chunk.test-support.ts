import type { ResultScore } from '@evals/core'
import type { EvalIdentity, RowChunk, RowColumns } from '../protocol.ts'

type Cells = { readonly [Key in keyof RowColumns]: RowColumns[Key][number] }

/** One row of a chunk, as far as a test cares. */
export interface RowParts extends Partial<Cells> {
  /** Default: its place in the chunk. */
  readonly row?: number
  readonly scores?: Readonly<Record<string, ResultScore | 'none'>>
}

const evals: readonly EvalIdentity[] = ['one', 'two'].map((name) => ({ key: name, eval: name, variant: {} }))

const empty: Cells = {
  eval: 0,
  id: 'id',
  epoch: 0,
  outcome: 'scored',
  passed: true,
  durationMs: 1,
  costUsd: null,
  tokens: null,
  tags: [],
  error: '',
  input: '',
  expected: '',
  output: '',
}

/** A chunk of the evals `one` and `two`. */
export function makeChunk(parts: readonly RowParts[]): RowChunk {
  const scorers = new Set(parts.flatMap(({ scores = {} }) => Object.keys(scores)))
  const cells = parts.map((row): Cells => ({ ...empty, ...row }))
  const columns = Object.fromEntries(
    Object.keys(empty).map((key) => [key, cells.map((cell) => cell[key as keyof Cells])]),
  )
  return {
    version: parts.length,
    evals,
    rows: parts.map(({ row }, index) => row ?? index),
    columns: columns as unknown as RowColumns,
    scores: Object.fromEntries(
      [...scorers].map((name) => [
        name,
        parts.map(({ scores = {} }) => scores[name] ?? (name in scores ? null : 'none')),
      ]),
    ),
  }
}
