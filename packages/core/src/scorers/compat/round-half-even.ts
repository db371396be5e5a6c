/** Rounded to two decimals as Python's `round(value, 2)` does it: exactly between two, the even one. */
export function roundHalfEven(value: number): number {
  // Of all binary fractions only odd eighths lie exactly between two decimals of two places; toFixed rounds those up.
  const eighths = value * 8
  if (!Number.isInteger(eighths) || eighths % 2 === 0) return Number(value.toFixed(2))
  const below = Math.floor(value * 100)
  return (below % 2 === 0 ? below : below + 1) / 100
}
