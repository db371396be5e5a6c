import { variantLabel } from '@evals/core'
import {
  verdictNames,
  type Comparison,
  type JudgedDifference,
  type ScoreComparison,
  type Verdict,
} from '@evals/core/stats'
import pc from 'picocolors'
import { oneLine } from '../terminal/one-line.ts'
import { drawInterval } from '../terminal/charts.ts'
import { chartGlyphs } from '../terminal/output.ts'
import { renderTable } from '../terminal/table.ts'
import { renderScore, type LabelledScore } from './render-score.ts'

const { formatMean, shortNames } = await import('vitest-plugin-evals/cli')

/** What was compared. */
export interface ComparedNames {
  readonly base: string
  readonly other: string
  readonly by?: string
}

const nothing = '–'
const order: readonly Verdict[] = ['worse', 'better', 'notWorse', 'inconclusive']
const adjustmentNames = { holm: 'Holm', 'benjamini-hochberg': 'Benjamini–Hochberg', none: 'not adjusted' } as const

/** A comparison as text: the verdict, a table with a row per tag below its score, a paragraph per score, what has no pair. */
export function renderComparison(names: ComparedNames, comparison: Comparison): string {
  const { scores, onlyInBase, onlyInOther } = comparison
  const shortened = shortNames(scores)
  const labelled = scores.map((score, index): LabelledScore => ({
    score,
    name: oneLine(shortened[index]!),
    variant: labelOf(score, names),
  }))
  return [
    headline(names, scores),
    '\n',
    table(labelled),
    '\n',
    ...labelled.map(renderScore),
    ...onlyIn(names.base, onlyInBase),
    ...onlyIn(names.other, onlyInOther),
  ].join('')
}

/** The values that are compared need no name: the headline has it. */
function labelOf({ variant }: ScoreComparison, { by = '' }: ComparedNames): string {
  const { [by]: compared, ...rest } = variant
  return oneLine(
    [...(compared === undefined ? [] : [compared]), variantLabel(rest)].filter((part) => part !== '').join(', '),
  )
}

function headline({ base, other, by }: ComparedNames, scores: readonly ScoreComparison[]): string {
  const counts = order.flatMap((verdict) => {
    const count = scores.filter((score) => score.verdict === verdict).length
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${verdictNames[verdict]}`]
  })
  const [{ alpha, adjustment, tests }] = scores as readonly [ScoreComparison]
  const worst = order.find((verdict) => scores.some((score) => score.verdict === verdict))!
  const what = by === undefined ? `${oneLine(other)} against ${oneLine(base)}` : `${oneLine(base)} by ${oneLine(by)}`
  const how = `α = ${alpha}${tests > 1 ? `, ${adjustmentNames[adjustment]} over ${tests.toLocaleString('en')} tests` : ''}`
  return ` ${coloured(worst, pc.bold(counts.join(', ')))}  ${what}\n ${pc.dim(how)}\n`
}

const columns = [
  { name: 'eval' },
  { name: 'variant' },
  { name: 'scorer' },
  { name: 'verdict' },
  { name: 'base', align: 'right' },
  { name: 'other', align: 'right' },
  { name: 'difference', align: 'right' },
] as const

const barWidth = 25
const chartName = `−${'0'.padStart(12)}${'+'.padStart(12)}`

function table(scores: readonly LabelledScore[]): string {
  // Scores of other scorers have other units.
  const furthestBy = new Map(
    [...Map.groupBy(scores, ({ score }) => score.scorer)].map(([scorer, own]) => [
      scorer,
      furthestOf(own.flatMap(({ score }) => [score, ...score.tags])),
    ]),
  )
  const rows = scores.flatMap(({ score, name, variant }) => {
    const furthest = furthestBy.get(score.scorer) ?? 0
    return [
      [name, variant, oneLine(score.scorer), ...figures(score), bar(score, furthest)],
      ...score.tags.map((tag) => [`  #${oneLine(tag.tag)}`, '', '', ...figures(tag), bar(tag, furthest)]),
    ]
  })
  const kept = [...columns, 'chart'].map((_column, index) => rows.some((row) => row[index] !== ''))
  const isKept = (_cell: unknown, index: number): boolean => kept[index]!
  const chart = { name: chartName, optional: true } as const
  return renderTable(
    [...columns, chart].filter(isKept),
    rows.map((row) => row.filter(isKept)),
  )
}

/** The difference with its interval on a line with 0 in its middle, which is the same for all of a scorer's rows. */
function bar({ verdict, difference }: JudgedDifference, furthest: number): string {
  if (difference === null || furthest === 0) return ''
  const { value, interval = null } = difference
  const ends = interval === null ? null : ([interval.lower, interval.upper] as const)
  const line = { from: -furthest, to: furthest, value, interval: ends, width: barWidth }
  return coloured(verdict, drawInterval(line, chartGlyphs))
}

function furthestOf(differences: readonly JudgedDifference[]): number {
  const ends = differences.flatMap(({ difference }) => {
    if (difference === null) return []
    const { value, interval = null } = difference
    return interval === null ? [value] : [value, interval.lower, interval.upper]
  })
  return Math.max(0, ...ends.map(Math.abs))
}

function figures({ verdict, baseMean, otherMean, difference }: JudgedDifference): string[] {
  const mean = (value: number | null): string => (value === null ? nothing : formatMean(value))
  const value = difference?.value
  const sign = value === undefined || value <= 0 ? '' : '+'
  const shown = value === undefined ? nothing : `${sign}${formatMean(value)}`
  return [coloured(verdict, verdictNames[verdict]), mean(baseMean), mean(otherMean), shown]
}

function onlyIn(experiment: string, evals: readonly string[]): string[] {
  return evals.map((name) => pc.yellow(` ! only in ${oneLine(experiment)}: ${oneLine(name)}\n`))
}

function coloured(verdict: Verdict, text: string): string {
  if (verdict === 'worse') return pc.red(text)
  return verdict === 'inconclusive' ? text : pc.green(text)
}
