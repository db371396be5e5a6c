import type { Random } from './simulated-scores.ts'

/** Scores of both sides with a known difference. */
export interface PlantedScores {
  readonly base: readonly number[]
  readonly other: readonly number[]
  readonly clusters?: readonly string[]
}

/** What `power` is asked. */
export type PowerQuestion = { readonly delta: number; readonly n: number } & (
  | { readonly discordant: number }
  | { readonly differenceVariance: number }
)

/** A true difference, what `power` predicts for it, and scores that have it. */
export interface PlantedEffect {
  readonly name: string
  readonly kind: 'binary' | 'graded'
  readonly plan: PowerQuestion
  scores(random: Random): PlantedScores
}

/** `n` pairs, of which `discordant` differ, `delta` more for the better than for the worse. */
function binary(n: number, discordant: number, delta: number): PlantedEffect {
  const [gain, loss] = [(discordant + delta) / 2, (discordant - delta) / 2]
  return {
    name: `binary: ${n} samples, ${discordant * 100} % differ`,
    kind: 'binary',
    plan: { delta, n, discordant },
    scores: ({ uniform }) => {
      const kinds = Array.from({ length: n }, () => uniform())
      return {
        base: kinds.map((at) => Number(at < loss || at >= 0.5 + discordant / 2)),
        other: kinds.map((at) => Number((at >= loss && at < gain + loss) || at >= 0.5 + discordant / 2)),
      }
    },
  }
}

/** `n` pairs whose differences are normal. */
function graded(n: number, deviation: number, delta: number): PlantedEffect {
  return {
    name: `graded: ${n} samples, deviation of the differences ${deviation}`,
    kind: 'graded',
    plan: { delta, n, differenceVariance: deviation ** 2 },
    scores: ({ normal }) => {
      const base = Array.from({ length: n }, () => normal())
      return { base, other: base.map((score) => score + delta + deviation * normal()) }
    },
  }
}

/** `n` clusters of `size` pairs; a cluster's mean difference has variance τ² + σ²/size. */
function clustered(n: number, size: number, delta: number): PlantedEffect {
  const [between, within] = [0.15, 0.3]
  return {
    name: `clustered: ${n} clusters of ${size} samples`,
    kind: 'graded',
    plan: { delta, n, differenceVariance: between ** 2 + within ** 2 / size },
    scores: ({ normal }) => {
      const shifts = Array.from({ length: n }, () => delta + between * normal())
      const clusters = shifts.flatMap((_, cluster) => Array<string>(size).fill(`c${cluster}`))
      const base = clusters.map(() => normal())
      const other = base.map((score, index) => score + shifts[Math.floor(index / size)]! + within * normal())
      return { base, other, clusters }
    },
  }
}

/** Effects of several sizes for each kind of score. */
export const plantedEffects: readonly PlantedEffect[] = [
  binary(100, 0.3, 0.12),
  binary(300, 0.2, 0.08),
  binary(900, 0.1, 0.03),
  graded(50, 0.3, 0.1),
  graded(200, 0.3, 0.06),
  clustered(40, 5, 0.09),
]
