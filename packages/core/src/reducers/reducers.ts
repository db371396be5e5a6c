import { EvalsError } from '../errors.ts'
import { clampMean } from '../stats/clamp-mean.ts'
import { percentile } from '../stats/percentile.ts'
import type { Reducer } from './reducer.ts'

const graded = (): 'graded' => 'graded'
const binary = (): 'binary' => 'binary'
const same = (scores: 'binary' | 'graded'): 'binary' | 'graded' => scores

/** The arithmetic mean of a sample's scored epochs. */
export const mean: Reducer = {
  name: 'mean',
  kind: graded,
  reduce: (scores) => {
    if (scores.length === 0) return null
    const sum = scores.reduce((total, score) => total + score, 0)
    return clampMean(sum / scores.length, extreme(Math.min, scores)!, extreme(Math.max, scores)!)
  },
}

/** The greatest score. */
export const max: Reducer = { name: 'max', kind: same, reduce: (scores) => extreme(Math.max, scores) }

/** The least score. */
export const min: Reducer = { name: 'min', kind: same, reduce: (scores) => extreme(Math.min, scores) }

/** The middle score, or the mean of the two in the middle. */
export const median: Reducer = {
  name: 'median',
  kind: graded,
  reduce: (scores) => (scores.length === 0 ? null : percentile(Float64Array.from(scores).sort(), 50)),
}

/** The most frequent score; of several, the one that came first. */
export const mode: Reducer = {
  name: 'mode',
  kind: same,
  reduce: (scores) => {
    const counts = new Map<number, number>()
    for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1)
    let best: [score: number | null, count: number] = [null, 0]
    for (const [score, count] of counts) if (count > best[1]) best = [score, count]
    return best[0]
  },
}

/** What counts as a pass, for reducers that count passes. */
export interface PassOptions {
  /** The least score that is a pass, default 1. */
  readonly threshold?: number
}

/**
 * 1 if at least k scored epochs passed, else 0. An epoch without a score is no pass; without any scored epoch the
 * result is `null`.
 *
 * @throws EvalsError `EVALS_OPTION_INVALID` unless k is a positive count
 */
export function atLeast(k: number, options: PassOptions = {}): Reducer {
  return {
    name: named('atLeast', k),
    kind: binary,
    range: [0, 1],
    reduce: (scores) => (scores.length === 0 ? null : Number(passes(scores, options) >= k)),
  }
}

/**
 * pass@k: the probability that of k epochs at least one passes, estimated without bias from n scored epochs of which c
 * passed: 1 − C(n − c, k) / C(n, k) (Chen et al., arXiv 2107.03374, 2021). `null` where fewer than k epochs are scored.
 *
 * @throws EvalsError `EVALS_OPTION_INVALID` unless k is a positive count
 */
export function passAt(k: number, options: PassOptions = {}): Reducer {
  return {
    name: named('passAt', k),
    kind: graded,
    range: [0, 1],
    reduce: (scores) => passAtK(scores.length, passes(scores, options), k),
  }
}

/**
 * pass^k: the probability that all of k epochs pass, estimated without bias from n scored epochs of which c passed:
 * C(c, k) / C(n, k) (Yao et al., τ-bench, arXiv 2406.12045, 2024). `null` where fewer than k epochs are scored.
 *
 * @throws EvalsError `EVALS_OPTION_INVALID` unless k is a positive count
 */
export function passHat(k: number, options: PassOptions = {}): Reducer {
  return {
    name: named('passHat', k),
    kind: graded,
    range: [0, 1],
    reduce: (scores) => passHatK(scores.length, passes(scores, options), k),
  }
}

function passAtK(n: number, c: number, k: number): number | null {
  const allFail = passHatK(n, n - c, k)
  return allFail === null ? null : 1 - allFail
}

/** C(c, k) / C(n, k) as a product of k quotients, which are exact where the logarithms of factorials are not. */
function passHatK(n: number, c: number, k: number): number | null {
  if (n < k) return null
  let probability = 1
  for (let index = 0; index < k; index++) probability *= Math.max(0, c - index) / (n - index)
  return probability
}

function passes(scores: readonly number[], { threshold = 1 }: PassOptions): number {
  return scores.filter((score) => score >= threshold).length
}

function extreme(pick: (a: number, b: number) => number, scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((a, b) => pick(a, b))
}

function named(name: string, k: number): string {
  if (Number.isSafeInteger(k) && k >= 1) return `${name}${k}`
  throw new EvalsError('EVALS_OPTION_INVALID', `${name}(k) needs a positive count of epochs, not ${k}.`, {
    details: { k },
  })
}
