/** An exact number: `numerator / denominator`, the denominator is positive. Not reduced. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** How far a value may be from its target; neither is negative. */
export interface Tolerance {
  readonly absolute: Rational
  /** Share of the target's size. */
  readonly relative: Rational
}

/** `digits · 10^exponent`. */
export function decimal(digits: bigint, exponent: number): Rational {
  const power = 10n ** BigInt(Math.abs(exponent))
  return exponent < 0 ? { numerator: digits, denominator: power } : { numerator: digits * power, denominator: 1n }
}

/** `|value - target| ≤ max(absolute, relative · |target|)`, without rounding. */
export function isWithin(value: Rational, target: Rational, { absolute, relative }: Tolerance): boolean {
  const distance = {
    numerator: size(value.numerator * target.denominator - target.numerator * value.denominator),
    denominator: value.denominator * target.denominator,
  }
  const share = {
    numerator: relative.numerator * size(target.numerator),
    denominator: relative.denominator * target.denominator,
  }
  return atMost(distance, absolute) || atMost(distance, share)
}

function atMost(a: Rational, b: Rational): boolean {
  return a.numerator * b.denominator <= b.numerator * a.denominator
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}
