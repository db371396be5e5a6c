import {
  describeChanges,
  describeDifference,
  type FlippedSample,
  type ScoreComparison,
  type UnpairedCounts,
} from '@evals/core/stats'
import pc from 'picocolors'
import { oneLine } from '../terminal/one-line.ts'

const shownFlips = 5

/** A score with the names it is shown by. */
export interface LabelledScore {
  readonly score: ScoreComparison
  readonly name: string
  readonly variant: string
}

/** The sentence of a comparison, what else changed, the samples that flipped if it found a difference, those without a pair. */
export function renderScore({ score, name, variant }: LabelledScore): string {
  const { scorer, verdict, flips, unpaired } = score
  const title = [name, ...(variant === '' ? [] : [`[${variant}]`]), oneLine(scorer)]
  const isDifferent = verdict === 'worse' || verdict === 'better'
  return [
    ` ${pc.bold(title.join(' '))}: ${describeDifference(score)}\n`,
    ...describeChanges(score).map((change) => pc.yellow(`   ! ${change}\n`)),
    ...(isDifferent
      ? [...flipped('worse', flips.worse, flips.toWorse), ...flipped('better', flips.better, flips.toBetter)]
      : []),
    ...lonely('base', unpaired.base),
    ...lonely('other', unpaired.other),
  ].join('')
}

function flipped(way: string, count: number, samples: readonly FlippedSample[]): string[] {
  if (count === 0) return []
  const named = samples
    .slice(0, shownFlips)
    .map(({ id, base, other }) => `${oneLine(id, 40)} (${shortly(base)} → ${shortly(other)})`)
  const more = count > named.length ? ', …' : ''
  return [pc.dim(`   ${count.toLocaleString('en')} ${way}: ${named.join(', ')}${more}\n`)]
}

/** Without a trail of noise. */
function shortly(score: number): number {
  return Number(score.toFixed(3))
}

function lonely(side: 'base' | 'other', counts: UnpairedCounts): string[] {
  const reasons = Object.entries(counts).map(
    ([reason, count]) => `${count.toLocaleString('en')} ${reasonNames[reason] ?? reason}`,
  )
  return reasons.length === 0 ? [] : [pc.yellow(`   ! scored only in the ${side}: ${reasons.join(', ')}\n`)]
}

/** What became of the sample on the other side. */
const reasonNames: Readonly<Record<string, string>> = {
  missing: 'not there',
  error: 'ended in an error',
  timeout: 'timed out',
  cancelled: 'were cancelled',
  notScored: 'got no score',
  failed: 'failed in the scorer',
  absent: 'were not judged',
}
