import { evalKey, type EvalSummary } from '@evals/core'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { figuresOf } from '../show/figures-of.ts'
import { oneLine } from '../terminal/one-line.ts'

const nothing = '–'

/** The figures as tables of Markdown, for a pull request or a report. */
export async function* toMarkdown(found: FoundExperiment): AsyncGenerator<string> {
  const { formatInteger, formatMean, formatUsd } = await import('vitest-plugin-evals/cli')
  const evals = await figuresOf(found)
  const { experiment, status } = found.document
  yield `## ${escape(experiment)}\n\nStatus: ${status}\n\n`
  yield row(['eval', 'scorer', 'n', 'mean', '95 % interval', 'unscored', 'cost'])
  yield row(['---', '---', '--:', '--:', '---', '--:', '--:'])
  for (const { eval: name, variant, scorers, costUsd } of evals) {
    const cost = costUsd === null ? nothing : formatUsd(costUsd.total)
    const entries = Object.entries(scorers)
    if (entries.length === 0) yield row([evalKey(name, variant), nothing, nothing, nothing, nothing, nothing, cost])
    for (const [index, [scorer, { n, mean, ci, unscored, metrics = {} }]] of entries.entries()) {
      yield row([
        index === 0 ? evalKey(name, variant) : '',
        scorer,
        formatInteger(n),
        mean === null ? nothing : formatMean(mean),
        ci?.map(formatMean).join(' to ') ?? nothing,
        formatInteger(unscored),
        index === 0 ? cost : '',
      ])
      for (const [metric, { n: counted, value, interval = null }] of Object.entries(metrics)) {
        const within = interval === null ? nothing : [interval.lower, interval.upper].map(formatMean).join(' to ')
        yield row(['', `${scorer} ${metric}`, formatInteger(counted), formatMean(value), within, '', ''])
      }
    }
  }
  const verdicts = evals.flatMap(verdictsOf)
  if (verdicts.length > 0) yield `\n${verdicts.join('')}`
}

function verdictsOf({ eval: name, variant, thresholds }: EvalSummary): string[] {
  return thresholds.map(({ passed, message }) => {
    const mark = passed === null ? 'not judged' : passed ? 'holds' : 'MISSED'
    return `- ${mark}: ${escape(evalKey(name, variant))}: ${escape(message)}\n`
  })
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escape).join(' | ')} |\n`
}

/** Names as they are: no part of them is Markdown or HTML. */
function escape(text: string): string {
  return oneLine(text).replaceAll(/[\\|*_`[\]<>~#]/g, '\\$&')
}
