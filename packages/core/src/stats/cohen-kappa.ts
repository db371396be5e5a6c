import { checkFinite, checkPaired } from './invalid-statistic.ts'

/** What a disagreement costs: 1 (`none`), or the distance of the ranks of the two categories, plain or squared. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

/**
 * Cohen's κ of two raters of the same items, agreement beyond chance (Educational and Psychological Measurement 20,
 * 1960; weighted: Psychological Bulletin 70, 1968): κ = 1 − Σ wᵢⱼ oᵢⱼ / Σ wᵢⱼ eᵢⱼ with observed shares o, the shares
 * e = (row share) · (column share) that chance gives, and costs w of disagreement. 1 is full agreement, 0 that of
 * chance.
 *
 * @param options.weights `none` (default) for names; `linear` or `quadratic` for numbers, whose order ranks the
 *   categories that occur (as scikit-learn has it, a category that nobody used has no rank)
 * @returns `null` where it is 0/0: without items, or if both raters only ever said one and the same thing
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths or NaN
 */
export function cohenKappa(
  first: readonly (string | number)[],
  second: readonly (string | number)[],
  { weights = 'none' }: { readonly weights?: KappaWeights } = {},
): number | null {
  checkPaired(first, second, 'ratings of two raters')
  const all = [...first, ...second]
  checkFinite(
    all.filter((rating) => typeof rating === 'number'),
    'a rating',
  )
  const categories = [...new Set(all)].toSorted((a, b) => (a < b ? -1 : 1))
  const ranks = new Map(categories.map((category, rank) => [category, rank]))
  const cost = (a: number, b: number): number => {
    if (weights === 'none') return a === b ? 0 : 1
    return weights === 'linear' ? Math.abs(a - b) : (a - b) ** 2
  }
  const ranked = first.map((rating, index) => [ranks.get(rating)!, ranks.get(second[index]!)!] as const)
  const shares = (rater: 0 | 1): number[] =>
    categories.map((_, rank) => ranked.filter((pair) => pair[rater] === rank).length / ranked.length)
  const [rows, columns] = [shares(0), shares(1)]
  const observed = ranked.reduce((sum, [a, b]) => sum + cost(a, b), 0) / ranked.length
  let expected = 0
  for (const [a, row] of rows.entries()) {
    for (const [b, column] of columns.entries()) expected += row * column * cost(a, b)
  }
  return expected > 0 ? 1 - observed / expected : null
}
