/** `other` − `base`, exactly 0 where they differ by rounding only: 0.1 + 0.2 and 0.3 are the same score. */
export function subtractScores(other: number, base: number): number {
  const difference = other - base
  return Math.abs(difference) <= 1e-12 * Math.max(Math.abs(other), Math.abs(base)) ? 0 : difference
}
