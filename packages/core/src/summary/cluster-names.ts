/**
 * The clusters of samples, by position; `undefined` if none of them is in one. A sample outside any is one by itself.
 */
export function clusterNames(
  positions: readonly number[],
  clusterAt: (position: number) => string | undefined,
): string[] | undefined {
  if (positions.every((position) => clusterAt(position) === undefined)) return undefined
  return positions.map((position) => {
    const cluster = clusterAt(position)
    return cluster === undefined ? `sample ${position}` : `cluster ${cluster}`
  })
}
