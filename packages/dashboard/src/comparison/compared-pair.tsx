import type { JSX } from 'preact'
import { Notice } from '../layout/parts.tsx'
import type { PageProps } from '../layout/route.ts'
import type { ComparedName, ComparedPair } from '../protocol.ts'
import { ComparedScore } from './compared-score.tsx'

interface ComparedPairProps extends PageProps {
  readonly pair: ComparedPair
  /** Its place among the pairs of the page. */
  readonly index: number
}

/** All scores of two experiments, or of two values of a variant. */
export function ComparedPairView({ pair, index, route }: ComparedPairProps): JSX.Element {
  const { base, other, onlyInBase, onlyInOther, scores } = pair
  return (
    <>
      {onlyInBase.length > 0 && (
        <Notice tone="warn">
          Only in {nameOf(base)}: {onlyInBase.join(', ')}
        </Notice>
      )}
      {onlyInOther.length > 0 && (
        <Notice tone="warn">
          Only in {nameOf(other)}: {onlyInOther.join(', ')}
        </Notice>
      )}
      {scores.length === 0 && <p class="empty">There is no score that both have.</p>}
      {scores.map((score) => (
        <ComparedScore key={`${score.key}\n${score.scorer}`} route={route} pair={index} score={score} />
      ))}
    </>
  )
}

/** A side as it is called next to the other one. */
export function nameOf({ experiment, value }: ComparedName): string {
  return value ?? experiment
}

/** A pair as one text. */
export function titleOf({ base, other }: Pick<ComparedPair, 'base' | 'other'>): string {
  return `${nameOf(base)} → ${nameOf(other)}`
}
