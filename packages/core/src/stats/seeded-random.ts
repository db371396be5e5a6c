import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A source of random numbers that a seed determines, bit for bit on every machine. */
export interface SeededRandom {
  /** A whole number from 0 to `count` − 1, each as likely. */
  index(count: number): number
  /** 32 random bits, as a whole number from −2³¹ to 2³¹ − 1. */
  bits(): number
}

/** xoroshiro128+ (Blackman & Vigna, ACM TOMS 47, 2021), as pure-rand has it. */
export function seededRandom(seed: number): SeededRandom {
  const generator = xoroshiro128plus(seed)
  return {
    index: (count) => uniformInt(generator, 0, count - 1),
    bits: () => generator.next(),
  }
}
