import type { Threshold } from './threshold.ts'

const bounds = /^(?<name>.+?) (?:≥ (?<atLeast>\S+))?(?: and )?(?:≤ (?<atMost>\S+))?$/

/**
 * The bound that a title such as `exactMatch mean ≥ 0.8` tells of, so that a stored verdict can be given again; `undefined`
 * for what is no title of a threshold.
 * @param scorers names of the eval's scorers: they and their figures may both have spaces
 */
export function thresholdOfTitle(title: string, scorers: readonly string[] = []): Threshold | undefined {
  const { name = '', atLeast, atMost } = bounds.exec(title)?.groups ?? {}
  const [known] = scorers.filter((scorer) => name.startsWith(`${scorer} `)).toSorted((a, b) => b.length - a.length)
  const subject = known ?? name.slice(0, Math.max(0, name.lastIndexOf(' ')))
  const figure = name.slice(subject.length + 1)
  const given = [atLeast, atMost].filter((bound) => bound !== undefined)
  if (subject === '' || figure === '' || given.length === 0) return undefined
  if (!given.every((bound) => Number.isFinite(Number(bound)))) return undefined
  return {
    subject,
    figure,
    title,
    ...(atLeast === undefined ? {} : { atLeast: Number(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: Number(atMost) }),
  }
}
