import { checkFinite, invalidStatistic } from './invalid-statistic.ts'

/** What distances between ratings mean: names, an order, or numbers. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval'

/**
 * Krippendorff's α, agreement of any number of raters beyond chance, with missing ratings (Computing Krippendorff's
 * Alpha-Reliability, 2011): α = 1 − D_o / D_e, where with n pairable ratings, n_c of them c,
 *
 *   D_o = (1/n) Σ_units Σ_{i≠j} δ²(cᵢ, cⱼ) / (m_u − 1),  D_e = Σ_{c,k} n_c n_k δ²(c, k) / (n(n − 1))
 *
 * and δ² is 0/1 (`nominal`), (c − k)² (`interval`), or (Σ_{g=c..k} n_g − (n_c + n_k)/2)² (`ordinal`). 1 is full
 * agreement, 0 that of chance.
 *
 * @param units the ratings of each item, `null` where a rater gave none; items with fewer than two count nothing
 * @param level default `nominal`
 * @returns 1 where every rating is the same, as agreement is then full although chance would give it too; `null`
 *   without an item that two rated
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for NaN, and for names at a level that needs numbers
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | string | null)[])[],
  level: MeasurementLevel = 'nominal',
): number | null {
  const rated = units.map((unit) => unit.filter((rating) => rating !== null)).filter((unit) => unit.length >= 2)
  const ratings = rated.flat()
  checkFinite(
    ratings.filter((rating) => typeof rating === 'number'),
    'a rating',
  )
  const name = level === 'nominal' ? undefined : ratings.find((rating) => typeof rating === 'string')
  if (name !== undefined) throw invalidStatistic(`ratings of level ${level} must be numbers, not "${name}"`, { level })
  if (ratings.length === 0) return null
  const counts = new Map<number | string, number>()
  for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1)
  const distance = distanceOf(level, counts)
  let observed = 0
  for (const unit of rated) {
    for (const a of unit) for (const b of unit) observed += distance(a, b) / (unit.length - 1)
  }
  let expected = 0
  for (const [a, n] of counts) for (const [b, m] of counts) expected += n * m * distance(a, b)
  return expected === 0 ? 1 : 1 - (observed * (ratings.length - 1)) / expected
}

type Distance = (a: number | string, b: number | string) => number

function distanceOf(level: MeasurementLevel, counts: ReadonlyMap<number | string, number>): Distance {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1)
  if (level === 'interval') return (a, b) => (Number(a) - Number(b)) ** 2
  const ordered = [...counts].toSorted(([a], [b]) => Number(a) - Number(b))
  /** A category's mean rank; half of its own ratings lie below it. */
  const ranks = new Map<number | string, number>()
  let below = 0
  for (const [category, n] of ordered) {
    ranks.set(category, below + n / 2)
    below += n
  }
  return (a, b) => (ranks.get(a)! - ranks.get(b)!) ** 2
}
