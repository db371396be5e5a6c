import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Random numbers that a seed determines. */
export interface Random {
  /** From 0 to 1. */
  uniform(): number
  /** Standard normal. */
  normal(): number
}

/** Makes random numbers of a seed. One source serves all runs: those of neighbouring seeds begin alike. */
export function makeRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  const uniform = (): number => uniformFloat64(generator)
  // Box and Muller; 1 − u is never 0.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

/** One sample × epoch with the scores of both sides. */
export interface SimulatedPair {
  readonly id: string
  readonly epoch: number
  readonly cluster?: string
  readonly base: Readonly<Record<string, number>>
  readonly other: Readonly<Record<string, number>>
}

/** A way scores come about; both sides are the same system. */
export interface Simulation {
  readonly name: string
  readonly kind: 'binary' | 'graded'
  /** How many scorers, each with an effect of its own. */
  readonly scorers: number
  pairs(random: Random): SimulatedPair[]
}

/** Pass rates between 0 and 1, most of them near the ends: some samples are easy, some hard. */
function difficulty({ uniform }: Random): number {
  return Math.sin((uniform() * Math.PI) / 2) ** 2
}

function pass(rate: number, { uniform }: Random): number {
  return Number(uniform() < rate)
}

function range<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Systems compared with themselves. */
export const simulations: readonly Simulation[] = [
  {
    name: 'binary: 200 samples',
    kind: 'binary',
    scorers: 1,
    pairs: (random) =>
      range(200, (index) => {
        const rate = difficulty(random)
        return { id: `s${index}`, epoch: 0, base: { s0: pass(rate, random) }, other: { s0: pass(rate, random) } }
      }),
  },
  {
    name: 'graded: 60 samples, skewed scores',
    kind: 'graded',
    scorers: 1,
    pairs: (random) =>
      range(60, (index) => {
        const exponent = 0.3 + 3 * random.uniform()
        const score = (): number => random.uniform() ** exponent
        return { id: `s${index}`, epoch: 0, base: { s0: score() }, other: { s0: score() } }
      }),
  },
  {
    name: 'clustered: 30 clusters of 6 samples, binary',
    kind: 'binary',
    scorers: 1,
    pairs: (random) =>
      range(30, (cluster) => {
        // What a system makes of a text, it makes of all questions about it.
        const [base, other] = [difficulty(random), difficulty(random)]
        return range(6, (index) => ({
          id: `s${cluster}-${index}`,
          epoch: 0,
          cluster: `c${cluster}`,
          base: { s0: pass(base, random) },
          other: { s0: pass(other, random) },
        }))
      }).flat(),
  },
  {
    name: 'epochs: 50 samples of 4 epochs, binary',
    kind: 'binary',
    scorers: 1,
    pairs: (random) =>
      range(50, (index) => {
        const [base, other] = [difficulty(random), difficulty(random)]
        return range(4, (epoch) => ({
          id: `s${index}`,
          epoch,
          base: { s0: pass(base, random) },
          other: { s0: pass(other, random) },
        }))
      }).flat(),
  },
  {
    name: 'five scorers: 100 samples, binary, adjusted by Holm',
    kind: 'binary',
    scorers: 5,
    pairs: (random) =>
      range(100, (index) => {
        const rate = difficulty(random)
        const scores = (): Record<string, number> =>
          Object.fromEntries(range(5, (scorer) => [`s${scorer}`, pass(rate, random)]))
        return { id: `s${index}`, epoch: 0, base: scores(), other: scores() }
      }),
  },
]
