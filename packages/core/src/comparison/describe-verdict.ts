import { orient } from './judge-verdict.ts'
import type { ScoreComparison, Verdict } from './score-comparison.ts'

const testNames = { mcnemar: 'McNemar', 'sign-flip': 'sign-flip', fisher: 'Fisher', welch: 'Welch' } as const
const adjustmentNames = { holm: 'Holm', 'benjamini-hochberg': 'Benjamini–Hochberg', none: '' } as const

/** What a sentence tells: not of which samples. */
type DescribedComparison = Omit<ScoreComparison, 'eval' | 'variant' | 'flips' | 'tags'>

/** A verdict as people read it; `inconclusive` is "cannot tell". */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  notWorse: 'not worse',
  inconclusive: 'cannot tell',
}

/**
 * One sentence that tells a comparison, the same in the CLI, the report and a test's message, such as `worse by 4.2
 * points (95 % CI 1.1 to 7.3, McNemar p = 0.008, n = 900 pairs; could have seen 3.0 points)`.
 *
 * A point is a hundredth of the range where scores go from 0 to 1; other scores are told in their own units. The ends
 * of the interval are told the way the sentence goes: of "worse by", a positive number is worse. What else than the
 * system changed follows, each after a ` ! `.
 */
export function describeVerdict(comparison: DescribedComparison): string {
  return [describeDifference(comparison), ...describeChanges(comparison)].join(' ! ')
}

/** What changed beside the system, so that the verdict may not be about it: labels and scorers. Empty: nothing known. */
export function describeChanges({
  changedRows,
  scorerChanged,
  n,
}: Pick<DescribedComparison, 'changedRows' | 'scorerChanged' | 'n'>): string[] {
  const have = changedRows === 1 ? 'has' : 'have'
  const rows = `${integer(changedRows)} of ${count(n, 'pair')} ${have} another row or label than the base`
  return [
    ...(changedRows > 0 ? [`${rows}: the difference may be theirs`] : []),
    ...(scorerChanged ? ['the scorer is not the same as in the base: the difference may be its own'] : []),
  ]
}

/** The sentence of `describeVerdict` without what changed. */
export function describeDifference(comparison: DescribedComparison): string {
  const { verdict, margin, difference, direction, range } = comparison
  if (difference === null) {
    const { base, other } = comparison.scored
    return `cannot tell: no score on both sides (base ${base}, other ${other} samples)`
  }
  const [, improvement] = orient(difference, direction)
  const size = describeAmount({ range, value: Math.abs(improvement) })
  const way = improvement === 0 ? 'no difference' : `${improvement > 0 ? 'better' : 'worse'} by ${size}`
  const limit = verdict === 'notWorse' ? ` by more than ${describeAmount({ range, value: margin! })}` : ''
  const name = verdict === 'better' || verdict === 'worse' ? '' : `${verdictNames[verdict]}${limit}: `
  const facts = [intervalText(comparison, improvement < 0), testText(comparison), countText(comparison)]
  return `${name}${way} (${[facts.join(', '), ...planTexts(comparison)].join('; ')})`
}

function intervalText({ difference, direction, range }: DescribedComparison, isWorse: boolean): string {
  const { interval, note } = difference!
  if (interval === null || interval === undefined) return note ?? 'no interval'
  const [lower, , upper] = orient(difference!, direction)
  const ends = isWorse ? [0 - upper!, 0 - lower!] : [lower!, upper!]
  const [from, to] = ends.map((end) => figure(end, range))
  return `${Number((interval.level * 100).toFixed(2))} % CI ${from} to ${to}`
}

function testText({ test, pValue, pAdjusted, adjustment }: DescribedComparison): string {
  if (test === null || pValue === null || pAdjusted === null) return 'no test'
  const [own, adjusted] = [probability(pValue), probability(pAdjusted)]
  return `${testNames[test]} p ${own}${adjusted === own ? '' : ` (${adjustmentNames[adjustment]} ${adjusted})`}`
}

function countText({ pairing, n, scored, clusters }: DescribedComparison): string {
  const inClusters = clusters === undefined ? '' : ` in ${count(clusters, 'cluster')}`
  if (pairing === 'paired') return `n = ${count(n, 'pair')}${inClusters}`
  return `n = ${integer(scored.base)} and ${integer(scored.other)} different samples${inClusters}, so not paired`
}

function planTexts(comparison: DescribedComparison): string[] {
  const { minimumDetectableDifference: detectable, samplesNeeded, difference, test, range } = comparison
  const isSpreadKnown = test === 'mcnemar' || test === 'fisher' || Boolean(difference?.stderr)
  const texts: string[] = []
  if (detectable !== null) texts.push(`could have seen ${describeAmount({ range, value: detectable })}`)
  else if (isSpreadKnown) texts.push('too few to see any difference')
  if (samplesNeeded !== null) texts.push(`about ${count(samplesNeeded, 'sample')} would settle it`)
  return texts
}

/** A difference of scores: `4.2 points` for scores from 0 to 1, else the bare number. */
export function describeAmount({
  range,
  value,
}: Pick<DescribedComparison, 'range'> & { readonly value: number }): string {
  return isShare(range) ? `${figure(value, range)} points` : figure(value, range)
}

/** Points have one decimal, or as many as their first digit needs; other units have at least two significant digits. */
function figure(value: number, range: ScoreComparison['range']): string {
  const shown = isShare(range) ? value * 100 : value
  if (shown === 0) return '0'
  const beforeFirst = -Math.floor(Math.log10(Math.abs(shown)))
  const decimals = isShare(range) ? Math.max(1, beforeFirst) : Math.max(0, beforeFirst + 1)
  return shown.toFixed(Math.min(decimals, 20)).replace('-', '−')
}

function isShare([least, greatest]: ScoreComparison['range']): boolean {
  return least === 0 && greatest === 1
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`
}

function count(n: number, unit: string): string {
  return `${integer(n)} ${unit}${n === 1 ? '' : 's'}`
}

function integer(n: number): string {
  return n.toLocaleString('en')
}
