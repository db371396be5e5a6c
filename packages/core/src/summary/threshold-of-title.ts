import type { Threshold } from './threshold.ts'

const bounds = /^(?<subject>.+?) (?<figure>\S+) (?:≥ (?<atLeast>\S+))?(?: and )?(?:≤ (?<atMost>\S+))?$/

/**
 * The bound that a title such as `exactMatch mean ≥ 0.8` tells of, so that a stored verdict can be given again; `undefined`
 * for what is no title of a threshold.
 */
export function thresholdOfTitle(title: string): Threshold | undefined {
  const { subject, figure, atLeast, atMost } = bounds.exec(title)?.groups ?? {}
  const given = [atLeast, atMost].filter((bound) => bound !== undefined)
  if (subject === undefined || figure === undefined || given.length === 0) return undefined
  if (!given.every((bound) => Number.isFinite(Number(bound)))) return undefined
  return {
    subject,
    figure,
    title,
    ...(atLeast === undefined ? {} : { atLeast: Number(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: Number(atMost) }),
  }
}
