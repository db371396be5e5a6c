import { toSampleResult, type SampleRecord, type SampleResult } from '@evals/core'
import type { RowOutcome } from '@evals/dashboard'
import { preview } from './preview.ts'

/** What the table of samples shows of a record, in a few hundred bytes. */
export interface SampleCells {
  readonly id: string
  readonly epoch: number
  readonly outcome: RowOutcome
  readonly passed: boolean | null
  readonly durationMs: number
  readonly costUsd: number | null
  readonly tokens: number | null
  readonly tags: readonly string[]
  readonly error: string
  readonly input: string
  readonly expected: string
  readonly output: string
  /** With the scores. */
  readonly result: SampleResult
}

/** The cells of a record. */
export function cellsOf(record: SampleRecord): SampleCells {
  const { id, epoch, outcome, passed, durationMs, costUsd, usage, tags, input, expected, output } = record
  const { inputTokens, outputTokens } = usage
  const tokens =
    inputTokens === undefined && outputTokens === undefined ? null : (inputTokens ?? 0) + (outputTokens ?? 0)
  return {
    id,
    epoch,
    outcome,
    passed,
    durationMs,
    costUsd,
    tokens,
    tags,
    error: errorOf(record),
    input: preview(input),
    expected: preview(expected),
    output: preview(output),
    result: toSampleResult(record),
  }
}

function errorOf({ error, scores }: SampleRecord): string {
  const found = error ?? Object.values(scores).find((score) => score.error !== undefined)?.error
  return found === undefined ? '' : (found.code ?? found.name)
}
