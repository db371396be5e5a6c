import { SampleFactory, type RowPicks, type Sample } from '../dataset/sample.ts'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse, type LanguageModel, type ModelResponseFields } from '../model/language-model.ts'
import { toScorers } from '../scoring/to-scorers.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { SampleJob, SamplePlan } from './sample-job.ts'

/** What a test changes of a job. */
export interface JobParts {
  readonly row?: unknown
  readonly picks?: RowPicks<unknown>
  readonly scorers?: Parameters<typeof toScorers>[0]
  readonly plan?: Partial<Omit<SamplePlan, 'scorers'>>
  readonly task: SampleJob['task']
  readonly assertions?: () => { made: number; failure?: unknown }
  readonly signal?: AbortSignal
  readonly clock?: ManualClock
  readonly onAnswered?: (entry: RecordEntry) => void | Promise<void>
  readonly epoch?: number
}

function sampleOf(row: unknown, picks: RowPicks<unknown> = {}): Sample {
  return new SampleFactory(picks).next(row)
}

/** A job on the row `{ question: '2 + 2?', expected: '4' }` with a clock that stands still. */
export function makeJob(parts: JobParts): SampleJob {
  const sample = sampleOf(parts.row ?? { question: '2 + 2?', expected: '4' }, parts.picks)
  return {
    key: { eval: 'sum.eval.ts > sums', variant: { model: 'mini' }, id: sample.id, epoch: parts.epoch ?? 0 },
    run: 'run',
    revision: 0,
    sample,
    plan: { scorers: toScorers(parts.scorers ?? []), retries: 0, sampleTimeoutMs: 1000, ...parts.plan },
    task: parts.task,
    ...(parts.assertions === undefined ? {} : { assertions: parts.assertions }),
    onAnswered: parts.onAnswered ?? (() => {}),
    signal: parts.signal ?? new AbortController().signal,
    clock: parts.clock ?? new ManualClock(),
  }
}

/** Answers with `answers` in turn, the last one again and again; an error is thrown. Each call takes 100 ms. */
export function makeModel(clock: ManualClock, ...answers: (Partial<ModelResponseFields> | Error)[]): LanguageModel {
  let number = 0
  useRequestEngine({ clock, limiter: unlimited })
  return defineModel({
    provider: 'fake',
    modelId: 'm',
    costUsd: ({ text }) => (text === 'unpriced' ? undefined : 0.25),
    async generate() {
      clock.advance(100)
      const answer = answers[Math.min(number, answers.length - 1)] ?? {}
      number += 1
      if (answer instanceof Error) throw answer
      return createModelResponse({ text: '', model: 'fake:m-1', ...answer })
    },
  })
}

/** An error as assertion libraries throw it. */
export function assertionError(message: string): Error {
  return Object.assign(new Error(message), { name: 'AssertionError' })
}
