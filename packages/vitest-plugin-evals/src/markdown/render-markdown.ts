import {
  evalKey,
  failingErrors,
  recordedSamples,
  tooManyErrors,
  totalCost,
  type EvalSummary,
  type ExperimentDocument,
} from '@evals/core'
import { formatDuration, formatInteger, formatMean, formatUnscored, formatUsd, plural } from '../terminal/format.ts'
import { noVerdict, withoutVerdict } from '../terminal/without-verdict.ts'
import type { MarkdownReport } from './markdown-report.ts'
import { code, folded, nothing, row } from './markdown-text.ts'
import { renderMarkdownComparison } from './render-markdown-comparison.ts'
import { gatesOf, isOver, verdictOf } from './markdown-verdict.ts'

/** The report as Markdown for a pull request: the verdict, what decided it, the figures, what differs from the base. */
export function renderMarkdown(report: MarkdownReport): string {
  const { document, evals, comparisons } = report
  return [
    `## Evals: ${code(document.experiment)}\n\n`,
    `**${verdictOf(report)}**\n\n`,
    `${facts(document, evals)}\n\n`,
    ...gates(document, evals),
    ...figures(evals),
    ...comparisons.flatMap(renderMarkdownComparison),
  ].join('')
}

/** `1,200 samples · $0.12 · 3 min 2 s · completed · commit 1a2b3c4`. */
function facts({ runs, status }: ExperimentDocument, evals: readonly EvalSummary[]): string {
  const samples = recordedSamples(evals)
  const times = runs.flatMap(({ startedAt, endedAt }) =>
    endedAt === undefined ? [] : [Date.parse(endedAt) - Date.parse(startedAt)],
  )
  const commit = runs.at(-1)?.git?.commit.slice(0, 7)
  return [
    plural(samples, 'sample'),
    ...costOf(evals),
    ...(times.length === 0 ? [] : [formatDuration(times.reduce((total, time) => total + time, 0))]),
    status,
    ...(commit === undefined ? [] : [`commit ${code(commit)}`]),
  ].join(' · ')
}

/** `$0.12`, or what is known of it: where some model has no price, its calls are in no total. */
function costOf(evals: readonly EvalSummary[]): string[] {
  const { costUsd, unpriced } = totalCost(evals)
  if (unpriced === 0) return costUsd === null ? [] : [formatUsd(costUsd)]
  const why = `calls of ${plural(unpriced, 'eval')} have no known price`
  return [costUsd === null ? `cost unknown: ${why}` : `at least ${formatUsd(costUsd)}: ${why}`]
}

/** What kept evals from running or being judged, what missed and what was not judged, then what holds. */
function gates(document: ExperimentDocument, evals: readonly EvalSummary[]): string[] {
  const { undeclared = [] } = document
  const broken = [
    ...undeclared.map(({ eval: name, variant, error: { name: kind, code: id = kind, message } }) => {
      return `- ❌ ${code(evalKey(name, variant))}: could not be declared, ${code(`${id}: ${message}`)}\n`
    }),
    ...evals.flatMap((summary) =>
      brokenLines(summary, isOver(document)).map(
        (found) => `- ❌ ${code(evalKey(summary.eval, summary.variant))}: ${found}\n`,
      ),
    ),
  ]
  const all = evals.flatMap((summary) =>
    gatesOf(summary).map(({ passed, message }) => ({
      passed,
      line: `${code(evalKey(summary.eval, summary.variant))}: ${code(message)}\n`,
    })),
  )
  const lines = (passed: boolean | null, mark: string): string[] =>
    all.filter((gate) => gate.passed === passed).map(({ line }) => `- ${mark} ${line}`)
  const shown = [...broken, ...lines(false, '❌'), ...lines(null, '❔')]
  const held = lines(true, '✅')
  return [
    ...(shown.length === 0 ? [] : [...shown, '\n']),
    ...(held.length === 0
      ? []
      : folded(`${plural(held.length, 'gate')} ${held.length === 1 ? 'holds' : 'hold'}`, held)),
  ]
}

/** Samples that fail a run without any wrong answer. @param isKnown how many errors the eval allows is known */
function brokenLines(summary: EvalSummary, isKnown: boolean): string[] {
  const { total } = summary.samples
  const errors = isKnown ? failingErrors(summary) : 0
  const unjudged = withoutVerdict(summary)
  return [
    ...(errors > 0
      ? [tooManyErrors(summary) ?? `${errors} of ${plural(total, 'sample')} ended in an error or a timeout`]
      : []),
    ...(unjudged > 0 ? [`${unjudged} of ${plural(total, 'sample')} ${noVerdict}`] : []),
  ]
}

function figures(evals: readonly EvalSummary[]): string[] {
  if (evals.length === 0) return []
  return [
    row(['eval', 'scorer', 'n', 'mean', '95 % interval', 'unscored', 'p50', 'p95', 'cost']),
    row(['---', '---', '--:', '--:', '---', '--:', '--:', '--:', '--:']),
    ...evals.flatMap(rowsOf),
    '\n',
  ]
}

function rowsOf({ eval: name, variant, scorers, latencyMs, costUsd }: EvalSummary): string[] {
  const own = [
    latencyMs === null ? nothing : formatDuration(latencyMs.p50),
    latencyMs === null ? nothing : formatDuration(latencyMs.p95),
    costUsd === null ? nothing : formatUsd(costUsd.total),
  ]
  const title = code(evalKey(name, variant))
  const entries = Object.entries(scorers)
  if (entries.length === 0) return [row([title, nothing, nothing, nothing, nothing, nothing, ...own])]
  return entries.flatMap(([scorer, { n, mean, ci, metrics = {}, ...counts }], index) => [
    row([
      index === 0 ? title : '',
      code(scorer),
      formatInteger(n),
      mean === null ? nothing : formatMean(mean),
      ci?.map(formatMean).join(' to ') ?? nothing,
      formatUnscored(counts),
      ...(index === 0 ? own : ['', '', '']),
    ]),
    ...Object.entries(metrics).map(([metric, { n: counted, value, interval = null }]) => {
      const within = interval === null ? nothing : [interval.lower, interval.upper].map(formatMean).join(' to ')
      return row(['', code(`${scorer} ${metric}`), formatInteger(counted), formatMean(value), within, '', '', '', ''])
    }),
  ])
}
