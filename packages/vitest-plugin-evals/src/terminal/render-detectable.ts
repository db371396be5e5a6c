import { describeAmount, type EvalSummary } from '@evals/core'
import pc from 'picocolors'
import { shortNames } from './render-table.ts'

/**
 * How large a difference has to be for a comparison with the next run to show it: a line per eval, with the largest of its
 * variants. Evals that were compared with a baseline are left out, as the sentence about that says it.
 */
export function renderDetectable(evals: readonly EvalSummary[]): string[] {
  const names = shortNames(evals)
  const named = evals.map((summary, index) => ({ ...summary, name: names[index] ?? summary.eval }))
  const open = named.filter(({ baseline }) => (baseline?.scores ?? []).length === 0)
  const lines = [...Map.groupBy(open, ({ name }) => name)].flatMap(([name, variants]) => {
    const parts = scorersOf(variants).flatMap((scorer) => largestOf(scorer, variants))
    return parts.length === 0 ? [] : [`   ${name}  ${parts.join(', ')}`]
  })
  if (lines.length === 0) return []
  const title = 'Least difference that a next run of the same samples would show (less, if its answers resemble these)'
  return [pc.dim(` ${title}`), ...lines]
}

function largestOf(scorer: string, variants: readonly EvalSummary[]): string[] {
  const found = variants.flatMap(({ scorers }) => {
    const { range, minimumDetectableDifference: value } = scorers[scorer] ?? {}
    return range === undefined || value === undefined || value === null ? [] : [{ range, value }]
  })
  const [largest] = found.toSorted((a, b) => b.value - a.value)
  return largest === undefined ? [] : [`${scorer} ${describeAmount(largest)}`]
}

function scorersOf(variants: readonly EvalSummary[]): string[] {
  return [...new Set(variants.flatMap(({ scorers }) => Object.keys(scorers)))]
}
