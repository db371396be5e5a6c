import type { SampleTable } from '../data/sample-table.ts'
import { formatDuration, formatFigure, formatUsd, unknown } from '../layout/format.ts'
import { verdictOf } from './verdict-of.ts'

/** A column of the table of samples. */
export interface SampleColumn {
  /** As it stands in the address. */
  readonly name: string
  readonly title: string
  /** At least, in rem. */
  readonly width: number
  /** Its share of the room that is left; absent: none. */
  readonly grow?: number
  readonly isNumber?: true
  /** What `sort` names; absent: it cannot be sorted by. */
  readonly sort?: string
  readonly text: (table: SampleTable, row: number) => string
}

const fixed: readonly SampleColumn[] = [
  {
    name: 'id',
    title: 'Sample',
    width: 9,
    grow: 0.5,
    sort: 'id',
    text: ({ columns }, row) => nameOf(columns.id[row]!, columns.epoch[row]!),
  },
  {
    name: 'outcome',
    title: 'Outcome',
    width: 5,
    sort: 'outcome',
    text: ({ columns }, row) => verdictOf(columns.outcome[row]!, columns.passed[row]!),
  },
  {
    name: 'input',
    title: 'Input',
    width: 10,
    grow: 2,
    sort: 'input',
    text: ({ columns }, row) => columns.input[row]!,
  },
  {
    name: 'expected',
    title: 'Expected',
    width: 6,
    grow: 1,
    text: ({ columns }, row) => columns.expected[row]!,
  },
  {
    name: 'output',
    title: 'Output',
    width: 8,
    grow: 2,
    sort: 'output',
    text: ({ columns }, row) => columns.output[row]!,
  },
  {
    name: 'error',
    title: 'Error',
    width: 7,
    grow: 1,
    sort: 'error',
    text: ({ columns }, row) => columns.error[row]!,
  },
  {
    name: 'time',
    title: 'Time',
    width: 4.5,
    isNumber: true,
    sort: 'durationMs',
    text: ({ columns }, row) => formatDuration(columns.durationMs[row]),
  },
  {
    name: 'cost',
    title: 'Cost',
    width: 5,
    isNumber: true,
    sort: 'costUsd',
    text: ({ columns }, row) => formatUsd(columns.costUsd[row]),
  },
  {
    name: 'tokens',
    title: 'Tokens',
    width: 4.5,
    isNumber: true,
    sort: 'tokens',
    text: ({ columns }, row) => columns.tokens[row]?.toLocaleString('en') ?? unknown,
  },
  {
    name: 'tags',
    title: 'Tags',
    width: 6,
    grow: 1,
    text: ({ columns }, row) => columns.tags[row]!.join(', '),
  },
  {
    name: 'eval',
    title: 'Eval',
    width: 10,
    grow: 0.5,
    text: ({ columns, evalNames }, row) => evalNames[columns.eval[row]!] ?? '',
  },
]

/** Between columns and at the ends, in rem; also in the style sheet. */
const gap = 1

/** More would make the table wider than anybody looks. */
const scorersAtFirst = 5

/** All columns there are for a table. */
export function allColumns(table: SampleTable): SampleColumn[] {
  const at = fixed.findIndex(({ name }) => name === 'outcome') + 1
  return [...fixed.slice(0, at), ...table.scorers.map(scoreColumn), ...fixed.slice(at)]
}

/** The columns that an address names, or those that hold something. */
export function chosenColumns(table: SampleTable, names: string | null): SampleColumn[] {
  const columns = allColumns(table)
  if (names !== null) {
    const wanted = new Set(names.split(','))
    const chosen = columns.filter(({ name }) => wanted.has(encodeURIComponent(name)))
    if (chosen.length > 0) return chosen
  }
  const scorers = new Set(table.scorers.slice(0, scorersAtFirst).map((name) => `score:${name}`))
  return columns.filter(({ name }) => (name.startsWith('score:') ? scorers.has(name) : isWorthShowing(table, name)))
}

/** The tracks of a grid with these columns, and how wide it is at least. */
export function layoutOf(columns: readonly SampleColumn[]): { readonly tracks: string; readonly minWidth: string } {
  const gaps = (columns.length + 1) * gap
  return {
    tracks: columns
      .map(({ width, grow }) => (grow === undefined ? `${width}rem` : `minmax(${width}rem, ${grow}fr)`))
      .join(' '),
    minWidth: `${columns.reduce((sum, { width }) => sum + width, gaps)}rem`,
  }
}

/** How chosen columns stand in an address. */
export function columnsParam(columns: readonly SampleColumn[]): string {
  return columns.map(({ name }) => encodeURIComponent(name)).join(',')
}

function isWorthShowing({ evals, errors, hasExpected, hasCost }: SampleTable, name: string): boolean {
  switch (name) {
    case 'eval':
      return evals.length > 1
    case 'error':
      return errors.size > 0
    case 'expected':
      return hasExpected
    case 'cost':
      return hasCost
    case 'tokens':
    case 'tags':
      return false
    default:
      return true
  }
}

function scoreColumn(scorer: string): SampleColumn {
  return {
    name: `score:${scorer}`,
    title: scorer,
    width: Math.min(10, Math.max(5, 1 + scorer.length / 2)),
    isNumber: true,
    sort: `score:${scorer}`,
    text: (table, row) => formatScore(table.score(scorer, row)),
  }
}

/** A score of the table as text. */
function formatScore(score: ReturnType<SampleTable['score']>): string {
  if (score === 'none') return ''
  if (score === null) return 'not scored'
  if (typeof score === 'string') return score
  return typeof score === 'boolean' ? (score ? 'true' : 'false') : formatFigure(score)
}

/** A sample's name, from the second epoch on with its number. */
export function nameOf(id: string, epoch: number): string {
  return epoch === 0 ? id : `${id} #${epoch + 1}`
}
