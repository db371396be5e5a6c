import { EvalsError } from '../errors.ts'
import type { Rows } from './dataset.ts'
import { SampleFactory, type RowPicks, type Sample } from './sample.ts'
import { inSeededOrder } from './seeded-order.ts'

/** Which samples of a dataset are planned. */
export interface Selection {
  /** At most this many samples. */
  readonly limit?: number
  /** Take them in an order made from `seed` instead of the dataset's. */
  readonly shuffle?: boolean
  /** Seed of `shuffle`; default 0. */
  readonly seed?: number
  /** Globs of sample ids. */
  readonly ids?: readonly string[]
  /** Tags a sample must have one of; `!tag` excludes. */
  readonly tags?: readonly string[]
  /** A source that has more rows is taken for an endless one, unless `limit` alone stops the reading. Default 1,000,000. */
  readonly maxRows?: number
}

/** True if no filter and no limit leaves samples out. */
export function selectsAll({ limit, ids, tags }: Selection): boolean {
  return limit === undefined && ids === undefined && tags === undefined
}

/**
 * Reads rows and gives the planned samples one by one: all of them, put in seeded order, filtered by `ids` and `tags`,
 * cut to `limit`. With `limit` alone the source is read no further than that; only `shuffle` holds all samples at once.
 * @throws EvalsError `EVALS_DATASET_ROW_INVALID`, `EVALS_SAMPLE_ID_DUPLICATE`, `EVALS_DATASET_TOO_LARGE`
 */
export async function* streamSamples<Row>(
  rows: Rows<Row>,
  picks: RowPicks<Row>,
  selection: Selection,
): AsyncGenerator<Sample<Row>> {
  const { limit = Number.POSITIVE_INFINITY, shuffle = false, seed = 0, ids, tags, maxRows = 1_000_000 } = selection
  if (limit <= 0) return
  const matches = await matcher(ids, tags)
  const every = everySample(rows, picks, maxRows)
  if (shuffle) {
    const all = await Array.fromAsync(every)
    yield* inSeededOrder(all, seed).filter(matches).slice(0, limit)
    return
  }
  const lazy = ids === undefined && tags === undefined
  let given = 0
  for await (const sample of every) {
    if (given >= limit || !matches(sample)) continue
    given += 1
    yield sample
    if (lazy && given >= limit) return
  }
}

/** All that `streamSamples` gives, in one array. */
export async function selectSamples<Row>(
  rows: Rows<Row>,
  picks: RowPicks<Row>,
  selection: Selection,
): Promise<Sample<Row>[]> {
  return Array.fromAsync(streamSamples(rows, picks, selection))
}

async function* everySample<Row>(rows: Rows<Row>, picks: RowPicks<Row>, maxRows: number): AsyncGenerator<Sample<Row>> {
  const factory = new SampleFactory(picks)
  let count = 0
  for await (const row of rows) {
    if ((count += 1) > maxRows) throw tooLarge(maxRows)
    yield factory.next(row)
  }
}

async function matcher(ids?: readonly string[], tags?: readonly string[]): Promise<(sample: Sample) => boolean> {
  const idMatches = ids === undefined ? () => true : await globMatcher(ids)
  const wanted = tags?.filter((tag) => !tag.startsWith('!')) ?? []
  const excluded = tags?.filter((tag) => tag.startsWith('!')).map((tag) => tag.slice(1)) ?? []
  return ({ id, tags: own }) =>
    (ids?.includes(id) === true || idMatches(id)) &&
    (wanted.length === 0 || wanted.some((tag) => own.includes(tag))) &&
    !excluded.some((tag) => own.includes(tag))
}

/** Loaded only where somebody gives ids: every worker of a run loads this file. */
async function globMatcher(globs: readonly string[]): Promise<(id: string) => boolean> {
  const { default: picomatch } = await import('picomatch')
  return picomatch([...globs], { dot: true, bash: true })
}

function tooLarge(maxRows: number): EvalsError {
  return new EvalsError(
    'EVALS_DATASET_TOO_LARGE',
    `The dataset has more than ${maxRows.toLocaleString('en')} rows, and no \`limit\` alone ends the reading. Set \`limit\` without \`shuffle\`, \`ids\` and \`tags\`, or split the dataset into several evals.`,
    { details: { rows: maxRows } },
  )
}
