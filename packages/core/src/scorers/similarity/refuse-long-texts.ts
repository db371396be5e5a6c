import { unusable } from '../text-scorer.ts'

/** A size, and the most that is compared in a second or two. */
export interface SizeLimit {
  readonly size: number
  readonly most: number
  readonly unit: string
}

/**
 * Refuses what would block the process for long.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED`
 */
export function refuseLongTexts(scorer: string, { size, most, unit }: SizeLimit): void {
  if (size <= most) return
  const format = new Intl.NumberFormat('en-US')
  throw unusable(
    scorer,
    `the texts are too long to compare: ${format.format(size)} ${unit}, at most ${format.format(most)}; ` +
      'shorten them, or use a scorer whose time grows with the length, such as tokenF1()',
    { details: { size, most, unit } },
  )
}
