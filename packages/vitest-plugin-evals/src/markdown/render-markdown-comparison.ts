import { formatFigure, formatInteger, plural } from '../terminal/format.ts'
import type { MarkdownComparison, MarkdownFlip, MarkdownScore } from './markdown-report.ts'
import { code, folded, nothing, row } from './markdown-text.ts'

const longestText = 120

const marks = { worse: '❌ worse', better: '✅ better', notWorse: '✅ not worse', inconclusive: 'cannot tell' } as const

/** A table with a row per score, and below it, folded, the samples of each that changed. */
export function renderMarkdownComparison({ base, scores }: MarkdownComparison): string[] {
  const title = `### Compared with ${code(base)}\n\n`
  if (scores.length === 0)
    return [title, 'No score of an eval and variant is in both, so there is nothing to compare.\n\n']
  return [
    title,
    row(['eval', 'scorer', 'verdict', 'what it says']),
    row(['---', '---', '---', '---']),
    ...scores.map(({ eval: name, scorer, verdict, sentence }) =>
      row([code(name), code(scorer), marks[verdict], sentence.replaceAll('<', '&lt;')]),
    ),
    '\n',
    ...scores.flatMap((score) => renderFlips(base, score)),
  ]
}

function renderFlips(base: string, { eval: name, scorer, worse, better, flips }: MarkdownScore): string[] {
  if (worse + better === 0) return []
  const counts = [
    ...(worse > 0 ? [`${plural(worse, 'sample')} worse`] : []),
    ...(better > 0 ? [`${plural(better, 'sample')} better`] : []),
  ]
  const left = worse + better - flips.length
  // GitHub reads no Markdown in a summary that is HTML, so the names stand below it.
  return folded(counts.join(', '), [
    `${code(name)} ${code(scorer)}\n`,
    '\n',
    ...(flips.length === 0 ? [] : [head(base)]),
    ...flips.map(renderFlip),
    ...(left > 0 ? ['\n', `… and ${formatInteger(left)} more\n`] : []),
  ])
}

function head(base: string): string {
  const titles = row(['sample', 'score', 'input', `output of ${code(base)}`, 'output now'])
  return titles + row(['---', '---', '---', '---', '---'])
}

function renderFlip({ id, base, other, input, baseOutput, otherOutput }: MarkdownFlip): string {
  const scores = `${formatFigure(base)} → ${formatFigure(other)}`
  return row([code(id, 40), scores, textOf(input), textOf(baseOutput), textOf(otherOutput)])
}

function textOf(value: unknown): string {
  if (value === undefined) return nothing
  return code(typeof value === 'string' ? value : JSON.stringify(value), longestText)
}
