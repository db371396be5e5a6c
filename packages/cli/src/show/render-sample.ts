import { evalKey, keyOf, plainText, type ModelCall, type SampleRecord, type StoredError } from '@evals/core'
import pc from 'picocolors'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'

const { formatDuration, formatFigure, formatUsd } = await import('vitest-plugin-evals/cli')

/** A record as text for people. */
export function renderSample(record: SampleRecord, counts: boolean): string {
  const note = counts ? '' : pc.dim('  (a newer record counts)')
  return [
    ` ${pc.bold(oneLine(`${evalKey(record.eval, record.variant)} › ${keyOf(record)}`))}${note}`,
    ` ${factsOf(record).join(' · ')}`,
    pc.dim(` run ${oneLine(record.run)}, ${record.startedAt}`),
    ...part('input', record.input),
    ...part('expected', record.expected),
    ...part('output', record.output),
    ...Object.entries(record.scores).flatMap(([scorer, { value, explanation, error }]) => [
      ...part(`score ${scorer}`, value === null ? '–' : formatFigure(value)),
      ...part('', explanation),
      ...part('', error && describe(error)),
    ]),
    ...part('failure', record.failure?.message),
    ...part('error', record.error && describe(record.error)),
    ...part('limit', record.limit),
    ...part('calls', record.calls.length === 0 ? undefined : record.calls.map(describeCall).join('\n')),
    ...part('tags', record.tags.length === 0 ? undefined : record.tags.join(', ')),
    ...part('metadata', Object.keys(record.metadata).length === 0 ? undefined : record.metadata),
    '',
  ].join('\n')
}

function factsOf({ outcome, passed, durationMs, queuedMs, costUsd, model }: SampleRecord): string[] {
  return [
    outcome,
    ...(passed === null ? [] : [passed ? pc.green('passed') : pc.red('failed')]),
    formatDuration(durationMs),
    ...(queuedMs > 0 ? [`${formatDuration(queuedMs)} waiting`] : []),
    ...(costUsd === null ? [] : [formatUsd(costUsd)]),
    ...(model === undefined ? [] : [oneLine(model)]),
  ]
}

const labelWidth = 12

function part(label: string, value: unknown): string[] {
  if (value === undefined) return []
  const text = plainText(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  // A long name of a scorer stands on its own line.
  const head = oneLine(label)
  const lines = text
    .split('\n')
    .map((line, index) => `   ${(index === 0 && head.length < labelWidth ? head : '').padEnd(labelWidth)}${line}`)
  return head.length < labelWidth ? lines : [`   ${head}`, ...lines]
}

function describe({ code, name, message, attempts = [] }: StoredError): string {
  const earlier = attempts.map((attempt) => `\nbefore: ${describe(attempt)}`).join('')
  return `${code ?? name}: ${message}${earlier}`
}

function describeCall({ model, purpose, durationMs, retries, cached, error }: ModelCall): string {
  const facts = [
    purpose,
    formatDuration(durationMs),
    ...(retries > 0 ? [counted(retries, 'retry', 'retries')] : []),
    ...(cached ? ['from the cache'] : []),
    ...(error === undefined ? [] : [`${error.code ?? error.name}: ${error.message}`]),
  ]
  return oneLine(`${model}  ${facts.join(', ')}`)
}
