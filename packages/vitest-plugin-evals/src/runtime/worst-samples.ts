import { decodeValue, keyOf, type SampleRecord, type SampleResult, type ScorerDeclaration } from '@evals/core'
import type { WorstSample } from '../protocol.ts'

const kept = 5
const textLength = 60

interface Score {
  readonly scorer: string
  readonly value: number | null
  readonly kind?: 'binary' | undefined
}

interface BadScore {
  readonly scorer: string
  readonly value: number
  readonly badness: number
}

/** The few samples with the worst scores, kept while an eval runs; a perfect score is never among them. */
export class WorstSamples {
  readonly #scorers: readonly ScorerDeclaration[]
  readonly #removedScorers: ReadonlySet<string>
  readonly #added = new Set<string>()
  readonly #worst: { badness: number; sample: WorstSample }[] = []

  /** @param removedScorers their scores, which records still have, count no more */
  constructor(scorers: readonly ScorerDeclaration[], removedScorers: readonly string[] = []) {
    this.#scorers = scorers
    this.#removedScorers = new Set(removedScorers)
  }

  add(record: SampleRecord): void {
    this.#added.add(keyOf(record))
    const found = this.#worstScore(this.#scoresOf(record))
    if (found === undefined) return
    const last = this.#worst.at(-1)
    if (this.#worst.length >= kept && last !== undefined && found.badness <= last.badness) return
    this.#worst.push({ badness: found.badness, sample: describe(record, found) })
    this.#worst.sort((a, b) => b.badness - a.badness)
    this.#worst.length = Math.min(this.#worst.length, kept)
  }

  /** Keys (see `keyOf`) of those results that belong among the worst, and whose records were not added. */
  lacking(results: Iterable<SampleResult>): Set<string> {
    const least = this.#worst.length < kept ? -Infinity : this.#worst.at(-1)!.badness
    const found: { key: string; badness: number }[] = []
    for (const result of results) {
      const key = keyOf(result)
      if (result.outcome !== 'scored' || this.#added.has(key)) continue
      const { badness = -Infinity } = this.#worstScore(scoresOfResult(result)) ?? {}
      if (badness > least) found.push({ key, badness })
    }
    found.sort((a, b) => b.badness - a.badness)
    return new Set(found.slice(0, kept).map(({ key }) => key))
  }

  list(): WorstSample[] {
    return this.#worst.map(({ sample }) => sample)
  }

  #scoresOf({ scores }: SampleRecord): Score[] {
    return Object.entries(scores)
      .filter(([name, { scorer = name }]) => !this.#removedScorers.has(scorer))
      .map(([scorer, { value, kind }]) => ({ scorer, value, kind }))
  }

  #worstScore(scores: readonly Score[]): BadScore | undefined {
    let worst: BadScore | undefined
    for (const { scorer, value, kind } of scores) {
      if (value === null) continue
      const badness = badnessOf(value, this.#scorers.find(({ name }) => name === scorer) ?? {}, kind)
      if (badness !== undefined && badness > (worst?.badness ?? -Infinity)) worst = { badness, scorer, value }
    }
    return worst
  }
}

function scoresOfResult({ scores }: SampleResult): Score[] {
  return Object.entries(scores).map(([scorer, score]) => ({
    scorer,
    value: typeof score === 'string' || score === null ? null : Number(score),
    ...(typeof score === 'boolean' ? { kind: 'binary' } : {}),
  }))
}

/**
 * From above 0 to 1 for the worst possible score; without a declared range, the distance from 1 (from 0 where lower is
 * better). Where an end is infinite, as that of a latency, nothing tells how bad a score is beside those of other
 * scorers: it is below 0, and greater for a worse score. `undefined`: no score is better, or nobody can say.
 */
function badnessOf(
  value: number,
  { range = [0, 1], direction }: Partial<ScorerDeclaration>,
  kind?: 'binary',
): number | undefined {
  // JSON, as which declarations may have come, has null for infinity.
  const [least, greatest]: readonly [number | null, number | null] = kind === 'binary' ? [0, 1] : range
  const [best, worst] = (direction === 'lower' ? [least, greatest] : [greatest, least]).map((end) => end ?? Infinity)
  const [isBestKnown, isWorstKnown] = [Number.isFinite(best), Number.isFinite(worst)]
  if (!isBestKnown) return isWorstKnown ? -1 - Math.abs(value - worst!) : undefined
  const distance = direction === 'lower' ? value - best! : best! - value
  if (distance <= 0) return undefined
  return isWorstKnown ? distance / Math.abs(worst! - best!) : -1 / (1 + distance)
}

function describe(record: SampleRecord, { scorer, value }: { scorer: string; value: number }): WorstSample {
  return {
    id: record.id,
    epoch: record.epoch,
    scorer,
    value,
    input: toLine(record.input),
    ...(record.expected === undefined ? {} : { expected: toLine(record.expected) }),
    output: record.output === undefined ? 'no output' : toLine(record.output),
  }
}

/** An attachment as `image/png, 1,200 bytes`, since nobody reads the hash that a record has; anything else as it is. */
function showAttachment(_key: string, stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('$blob' in stored)) return stored
  const { mediaType, bytes } = stored as { readonly mediaType?: unknown; readonly bytes?: unknown }
  const isAttachment = typeof mediaType === 'string' && typeof bytes === 'number'
  return isAttachment ? `${mediaType}, ${bytes.toLocaleString('en')} bytes` : stored
}

/** A value as one short line; the control characters of a model's output must not steer a terminal. */
function toLine(stored: unknown): string {
  const value = showAttachment('', decodeValue(stored))
  const text = typeof value === 'string' ? value : (JSON.stringify(stored, showAttachment) ?? '')
  const line = text
    .slice(0, textLength * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return line.length > textLength ? `${line.slice(0, textLength - 1)}…` : line
}
