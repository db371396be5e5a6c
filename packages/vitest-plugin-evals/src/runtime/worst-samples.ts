import { decodeValue, type SampleRecord, type ScorerDeclaration } from '@evals/core'
import type { WorstSample } from '../protocol.ts'

const kept = 5
const textLength = 60

/** The few samples with the worst scores, kept while an eval runs; a perfect score is never among them. */
export class WorstSamples {
  readonly #scorers: readonly ScorerDeclaration[]
  readonly #worst: { badness: number; sample: WorstSample }[] = []

  constructor(scorers: readonly ScorerDeclaration[]) {
    this.#scorers = scorers
  }

  add(record: SampleRecord): void {
    const found = this.#worstScore(record)
    if (found === undefined) return
    const last = this.#worst.at(-1)
    if (this.#worst.length >= kept && last !== undefined && found.badness <= last.badness) return
    this.#worst.push({ badness: found.badness, sample: describe(record, found) })
    this.#worst.sort((a, b) => b.badness - a.badness)
    this.#worst.length = Math.min(this.#worst.length, kept)
  }

  list(): WorstSample[] {
    return this.#worst.map(({ sample }) => sample)
  }

  #worstScore(record: SampleRecord): { badness: number; scorer: string; value: number } | undefined {
    let worst: { badness: number; scorer: string; value: number } | undefined
    for (const [scorer, { value, kind }] of Object.entries(record.scores)) {
      if (value === null) continue
      const badness = badnessOf(value, this.#scorers.find(({ name }) => name === scorer) ?? {}, kind)
      if (badness > 0 && badness > (worst?.badness ?? 0)) worst = { badness, scorer, value }
    }
    return worst
  }
}

/** 0 for the best possible score, 1 for the worst; an unbounded scorer's distance from 1 (from 0 where lower is better). */
function badnessOf(value: number, { range, direction }: Partial<ScorerDeclaration>, kind?: 'binary'): number {
  const lower = direction === 'lower'
  if (range === undefined) return lower ? value : 1 - value
  const [least, greatest] = kind === 'binary' ? [0, 1] : range
  const share = greatest === least ? 1 : (value - least) / (greatest - least)
  return lower ? share : 1 - share
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

/** A value as one short line; the control characters of a model's output must not steer a terminal. */
function toLine(stored: unknown): string {
  const value = decodeValue(stored)
  const text = typeof value === 'string' ? value : (JSON.stringify(stored) ?? '')
  const line = text
    .slice(0, textLength * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return line.length > textLength ? `${line.slice(0, textLength - 1)}…` : line
}
