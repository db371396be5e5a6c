/**
 * A sum divided by its count, brought back among the values: the tenth part of ten times 0.9 added up is
 * 0.9000000000000001, which would lie outside a range that ends at 0.9.
 */
export function clampMean(mean: number, least: number, greatest: number): number {
  return Math.min(Math.max(mean, least), greatest)
}
