import type { SampleTable } from '../data/sample-table.ts'
import type { RowOutcome } from '../protocol.ts'
import { verdictOf } from './verdict-of.ts'

/** Which samples, and in which order: all of it stands in the address. */
export interface SampleFilter {
  /** Words that the row's texts hold. */
  readonly q: string
  readonly outcome: RowOutcome | 'passed' | 'failed' | 'unjudged' | ''
  /** An eval with its variant. */
  readonly eval: string
  readonly tag: string
  /** A code or name; `any`. */
  readonly error: string
  /** The scorer that `min`, `max` and `unscored` are about. */
  readonly scorer: string
  readonly min: number | undefined
  readonly max: number | undefined
  /** Only samples without a score of `scorer`. */
  readonly unscored: boolean
  /** A column, with `-` the greatest first; empty: as they were recorded. */
  readonly sort: string
}

/** The names under which a filter stands in an address. */
export const filterNames = [
  'q',
  'outcome',
  'eval',
  'tag',
  'error',
  'scorer',
  'min',
  'max',
  'unscored',
  'sort',
  'cols',
] as const

export function readFilter(params: URLSearchParams): SampleFilter {
  const text = (name: string): string => params.get(name) ?? ''
  const number = (name: string): number | undefined => {
    const value = Number.parseFloat(text(name))
    return Number.isNaN(value) ? undefined : value
  }
  return {
    q: text('q'),
    outcome: text('outcome') as SampleFilter['outcome'],
    eval: text('eval'),
    tag: text('tag'),
    error: text('error'),
    scorer: text('scorer'),
    min: number('min'),
    max: number('max'),
    unscored: text('unscored') === '1',
    sort: text('sort'),
  }
}

/** The numbers of the rows that match, in order. */
export function filterSamples(table: SampleTable, filter: SampleFilter): Uint32Array {
  const { columns, evals } = table
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean)
  const evalNumber = filter.eval === '' ? -1 : evals.findIndex(({ key }) => key === filter.eval)
  const isScoreAsked = filter.scorer !== '' && (filter.unscored || filter.min !== undefined || filter.max !== undefined)
  const rows = new Uint32Array(table.size)
  let found = 0
  for (let row = 0; row < table.size; row += 1) {
    const outcome = columns.outcome[row]
    // A row may be numbered before it comes.
    if (outcome === undefined || outcome === 'removed') continue
    if (filter.eval !== '' && columns.eval[row] !== evalNumber) continue
    if (filter.outcome !== '' && !hasOutcome(filter.outcome, outcome, columns.passed[row]!)) continue
    if (filter.tag !== '' && !columns.tags[row]!.includes(filter.tag)) continue
    if (filter.error !== '' && !hasError(filter.error, columns.error[row]!)) continue
    if (isScoreAsked && !hasScore(table, row, filter)) continue
    if (words.length > 0 && !words.every((word) => table.textOf(row).includes(word))) continue
    rows[found] = row
    found += 1
  }
  return sortRows(table, rows.subarray(0, found), filter.sort)
}

function hasOutcome(wanted: SampleFilter['outcome'], outcome: RowOutcome, passed: boolean | null): boolean {
  if (wanted === 'passed') return passed === true
  if (wanted === 'failed') return passed === false
  if (wanted === 'unjudged') return outcome === 'scored' && passed === null
  return outcome === wanted
}

function hasError(wanted: string, error: string): boolean {
  return wanted === 'any' ? error !== '' : error === wanted
}

function hasScore(table: SampleTable, row: number, { scorer, min, max, unscored }: SampleFilter): boolean {
  const value = valueOf(table.score(scorer, row))
  if (Number.isNaN(value)) return unscored
  return !unscored && (min === undefined || value >= min) && (max === undefined || value <= max)
}

/** A score as a number; `NaN` where there is none. */
export function valueOf(score: ReturnType<SampleTable['score']>): number {
  if (typeof score === 'boolean') return score ? 1 : 0
  return typeof score === 'number' ? score : Number.NaN
}

const texts = ['id', 'outcome', 'error', 'input', 'output'] as const
const numbers = ['durationMs', 'costUsd', 'tokens', 'epoch'] as const

function sortRows(table: SampleTable, rows: Uint32Array, sort: string): Uint32Array {
  const [name, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  const text = texts.find((column) => column === name)
  if (text !== undefined) {
    const { columns } = table
    const column =
      text === 'outcome'
        ? columns.outcome.map((outcome, row) => verdictOf(outcome, columns.passed[row]!))
        : columns[text]
    return rows.sort((a, b) => (column[a]! < column[b]! ? -sign : column[a]! > column[b]! ? sign : a - b))
  }
  const column = numbers.find((one) => one === name)
  if (column === undefined && !name.startsWith('score:')) return rows
  const scorer = name.slice('score:'.length)
  const values = new Float64Array(table.size)
  for (const row of rows) {
    values[row] = column === undefined ? valueOf(table.score(scorer, row)) : (table.columns[column][row] ?? Number.NaN)
  }
  // What has no value comes last, whichever way is sorted.
  return rows.sort((a, b) => compareNumbers(values[a]!, values[b]!, sign) || a - b)
}

function compareNumbers(a: number, b: number, sign: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1
  return Number.isNaN(b) ? -1 : sign * (a - b)
}
