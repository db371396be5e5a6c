import {
  evalKey,
  failingErrors,
  keyOf,
  recordedSamples,
  tooManyErrors,
  type EvalSummary,
  type UndeclaredEval,
} from '@evals/core'
import pc from 'picocolors'
import type { WorstSample } from '../protocol.ts'
import type { FailureGroup } from './failure-groups.ts'
import { formatDuration, formatFigure, formatInteger, plural } from './format.ts'
import { renderBaselines } from './render-baselines.ts'
import { renderDetectable } from './render-detectable.ts'
import { renderModels } from './render-models.ts'
import { renderTable } from './render-table.ts'
import { undeclaredLine } from './undeclared-line.ts'
import { noVerdict, withoutVerdict } from './without-verdict.ts'

/** What the report at the end of a run shows. */
export interface Report {
  readonly experiment: string
  /** Where the records are, for people. */
  readonly location: string
  /** 0 where nothing ran. */
  readonly durationMs: number
  readonly evals: readonly EvalSummary[]
  /** By `evalKey`. */
  readonly worst: ReadonlyMap<string, readonly WorstSample[]>
  /** Evals that could not be declared. */
  readonly undeclared?: readonly UndeclaredEval[]
  /** Samples that failed or have no score, by the reason. */
  readonly failures?: readonly FailureGroup[]
  /** How evals went on with what earlier runs recorded. */
  readonly notes?: readonly string[]
  /** The figures are made of records alone, so how many errors an eval allows is not known. */
  readonly fromRecords?: true
  /** Lines of stored files that could not be read, and other things to know. */
  readonly warnings: readonly string[]
}

const worstLines = 12
const failureLines = 8
const messageLength = 160

/** The report as text for a terminal. */
export function renderReport(report: Report): string {
  const { experiment, location, durationMs, evals, worst, warnings } = report
  const { undeclared = [], failures = [], notes = [], fromRecords = false } = report
  const samples = recordedSamples(evals)
  const took = durationMs > 0 ? ` · ${formatDuration(durationMs)}` : ''
  const title = `${experiment} · ${plural(samples, 'sample')}${took}`
  return [
    '',
    ` ${pc.bold('Evals')}  ${title}`,
    ...section(evals.length === 0 ? [] : [renderTable(evals)]),
    ...section(undeclared.map((one) => pc.red(` ✗ ${undeclaredLine(one)}`))),
    ...section(renderModels(evals)),
    ...section([...evals.flatMap((summary) => renderUnfinished(summary, fromRecords)), ...evals.flatMap(renderForced)]),
    ...section([...evals.flatMap(renderErrorRate), ...evals.flatMap(renderThresholds)]),
    ...section(renderBaselines(evals)),
    ...section(renderDetectable(evals)),
    ...section(renderFailures(failures)),
    ...section(renderWorst(evals, worst)),
    ...section(notes.map((note) => pc.dim(` · ${note}`))),
    ...section(warnings.map((warning) => pc.yellow(` ! ${warning}`))),
    '',
    pc.dim(` ${location}`),
    '',
    '',
  ].join('\n')
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines]
}

/** A broken call is no wrong answer, and neither is a broken scorer: each is told apart, and `✗` where it fails the run. */
function renderUnfinished(summary: EvalSummary, fromRecords: boolean): string[] {
  const { eval: key, variant, samples, scorers, limited = {} } = summary
  const unjudged = withoutVerdict(summary)
  const counts: [number, string][] = [
    [samples.error, 'ended in an error'],
    [samples.timeout, 'timed out'],
    [samples.cancelled, `${wasOrWere(samples.cancelled)} cancelled`],
    [samples.missing, 'did not run'],
    ...Object.entries(limited).map(([limit, reached]): [number, string] => [
      reached,
      `${wasOrWere(reached)} stopped at the limit of ${limits[limit]}`,
    ]),
    ...Object.entries(scorers).flatMap<[number, string]>(([name, { failed, absent, notScored }]) => [
      [failed, `failed in the scorer ${name}`],
      [absent, `${wasOrWere(absent)} not judged by ${name} after a failed assertion`],
      [notScored, `got no score from ${name}`],
    ]),
    [unjudged, noVerdict],
  ]
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${formatInteger(count)} ${what}`)
  if (found.length === 0) return []
  const line = `${evalKey(key, variant)}: of ${plural(samples.total, 'sample')} ${found.join(', ')}`
  const isFailing =
    (!fromRecords && failingErrors(summary) > 0 && tooManyErrors(summary) === undefined) ||
    unjudged > 0 ||
    Object.values(scorers).some(({ failed }) => failed > 0)
  return [isFailing ? pc.red(` ✗ ${line}`) : pc.yellow(` ! ${line}`)]
}

/** Figures of answers that different tasks or models gave. */
function renderForced({ eval: key, variant, fingerprint }: EvalSummary): string[] {
  const { forced = [] } = fingerprint ?? {}
  if (forced.length === 0) return []
  const name = evalKey(key, variant)
  return [pc.yellow(` ! ${name}: has answers from before and after a change, by resume "force": ${forced.join('; ')}`)]
}

const limits: Readonly<Record<string, string>> = {
  tokens: 'tokens',
  turns: 'model calls',
  costUsd: 'cost',
}

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were'
}

function renderErrorRate(summary: EvalSummary): string[] {
  const found = tooManyErrors(summary)
  return found === undefined ? [] : [pc.red(` ✗ ${evalKey(summary.eval, summary.variant)}: ${found}`)]
}

function renderThresholds({ eval: key, variant, thresholds }: EvalSummary): string[] {
  return thresholds
    .filter(({ passed }) => passed !== true)
    .map(({ passed, message }) => {
      const line = `${evalKey(key, variant)}: ${message}`
      return passed === false ? pc.red(` ✗ ${line}`) : pc.yellow(` ? ${line}`)
    })
}

function renderFailures(failures: readonly FailureGroup[]): string[] {
  if (failures.length === 0) return []
  const left = failures.slice(failureLines)
  const more = left.reduce((sum, { count }) => sum + count, 0)
  return [
    pc.dim(' Failed and unscored samples by reason'),
    ...failures.slice(0, failureLines).map(({ error, count, sample, message }) => {
      const short = message.length > messageLength ? `${message.slice(0, messageLength)}…` : message
      return `   ${formatInteger(count)} × ${pc.red(error)}  ${sample}: ${pc.dim(short)}`
    }),
    ...(left.length === 0 ? [] : [`   ${formatInteger(more)} × ${plural(left.length, 'other reason')}`]),
  ]
}

function renderWorst(evals: readonly EvalSummary[], worst: Report['worst']): string[] {
  const withWorst = evals.filter(({ eval: key, variant }) => (worst.get(evalKey(key, variant)) ?? []).length > 0)
  const each = Math.max(1, Math.floor(worstLines / Math.max(1, withWorst.length)))
  return withWorst.flatMap(({ eval: key, variant }) => [
    pc.dim(` Worst of ${evalKey(key, variant)}`),
    ...(worst.get(evalKey(key, variant)) ?? []).slice(0, each).map((sample) => `   ${renderSample(sample)}`),
  ])
}

function renderSample({ id, epoch, scorer, value, input, expected, output }: WorstSample): string {
  const wanted = expected === undefined ? '' : `, expected ${pc.green(expected)}`
  return `${keyOf({ id, epoch })}  ${scorer} ${formatFigure(value)}  ${pc.dim(input)}${wanted}, got ${pc.red(output)}`
}
