import { expect, test } from 'vitest'
import { SampleFactory } from '../dataset/sample.ts'
import type { SampleRecord } from '../record/record.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { scorerFingerprint } from '../scoring/scorer-fingerprint.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { runSample } from './run-sample.ts'
import { makeJob, makeModel } from './sample-job.test-support.ts'
import { scoreStored, type StoredAnswerJob } from './score-stored.ts'

const bytes = new Uint8Array([1, 2, 3])
const row = { question: '2 + 2?', expected: '4', metadata: { source: 'book' } }
const equal: Scorer = { name: 'equal', score: ({ output, expected }) => (output as { text: string }).text === expected }

/** A sample as a run left it: its output has bytes, its judge failed. */
async function makeStored(clock: ManualClock) {
  const model = makeModel(clock, { text: '4' })
  const fails: Scorer = { name: 'judge', score: () => Promise.reject(new Error('no judge')) }
  const job = makeJob({
    row,
    clock,
    scorers: [equal, fails, { name: 'old', score: () => ({ value: 1, metadata: { at: new Date(0) } }) }],
    async task(scope) {
      const { text } = await model.generate('?')
      scope.setMetadata({ turns: 1n })
      scope.score('own', 0.5)
      return { text, bytes }
    },
  })
  const { record, attachments } = await runSample(job)
  return { job, record, attachments }
}

type Stored = Awaited<ReturnType<typeof makeStored>>

function jobOn(
  { job, record, attachments }: Stored,
  parts: Partial<StoredAnswerJob> & { rows?: object } = {},
): StoredAnswerJob {
  const sample = new SampleFactory<unknown>({}).next(parts.rows ?? row)
  return {
    ...job,
    run: 'run 2',
    sample,
    // As a reader of its line sees it.
    stored: JSON.parse(JSON.stringify(record)) as SampleRecord,
    scorers: ['judge'],
    readAttachment: async (sha256) => attachments.find((one) => one.sha256 === sha256)!.bytes,
    ...parts,
  }
}

test('only the scorers asked for run; the rest of the record is taken over', async () => {
  const clock = new ManualClock()
  const stored = await makeStored(clock)
  expect(stored.record).toMatchObject({ passed: null, scores: { judge: { value: null } } })
  const seen: unknown[] = []
  const judgeModel = makeModel(clock, { text: 'yes' })
  const judge: Scorer = {
    name: 'judge',
    async score({ signal: _signal, ...input }) {
      seen.push(input)
      return { value: (await judgeModel.generate('good?')).text === 'yes', name: 'truth' }
    },
  }
  const never: Scorer = { name: 'equal', score: () => Promise.reject(new Error('not asked')) }
  const run = await scoreStored(jobOn(stored, { plan: { ...stored.job.plan, scorers: [never, judge] } }))
  const { failure: _failure, ...left } = JSON.parse(JSON.stringify(stored.record)) as SampleRecord
  const { calls, scores, scorers } = left
  expect(run).toMatchObject({
    thrown: undefined,
    attachments: [],
    record: {
      ...left,
      run: 'run 2',
      passed: true,
      startedAt: expect.any(String),
      usage: expect.any(Object),
      costUsd: 0.5,
      scores: {
        own: scores['own'],
        equal: scores['equal'],
        old: scores['old'],
        truth: { value: 1, kind: 'binary', scorer: 'judge' },
      },
      scorers: { equal: scorers!['equal'], old: scorers!['old'], judge: scorerFingerprint(judge) },
      calls: [calls[0], { purpose: 'score' }],
      trace: expect.any(Array),
    },
  })
  expect(run?.record).not.toHaveProperty('failure')
  expect(seen).toEqual([
    {
      input: { question: '2 + 2?' },
      output: { text: '4', bytes },
      expected: '4',
      metadata: { source: 'book', turns: 1n },
      tags: [],
      calls,
      trace: expect.any(Array),
      usage: {},
      costUsd: 0.25,
      durationMs: stored.record.durationMs,
      epoch: 0,
      variant: { model: 'mini' },
    },
  ])
})

test('a corrected label is judged and recorded', async () => {
  const stored = await makeStored(new ManualClock())
  const rows = { ...row, expected: '5', metadata: { source: 'errata' } }
  const run = await scoreStored(
    jobOn(stored, { rows, scorers: ['equal'], plan: { ...stored.job.plan, scorers: [equal] } }),
  )
  expect(run?.record).toMatchObject({ expected: '5', scores: { equal: { value: 0 } }, metadata: { source: 'errata' } })
  expect(run?.record.rowHash).not.toBe(stored.record.rowHash)
  // The judge's failure stays one: nobody asked it again.
  expect(run).toMatchObject({ thrown: { code: 'EVALS_SCORER_FAILED' }, record: { outcome: 'scored', passed: null } })
})

test('of scorers that were removed scores stay and failures go; neither says whether the sample passes', async () => {
  const stored = await makeStored(new ManualClock())
  const seen: unknown[] = []
  const passWhen = (scores: object): boolean => seen.push(scores) > 0
  const run = await scoreStored(
    jobOn(stored, {
      scorers: [],
      removedScorers: ['judge', 'old'],
      plan: { ...stored.job.plan, scorers: [equal], passWhen },
    }),
  )
  const { equal: kept, old, own } = stored.record.scores
  expect(run).toMatchObject({ thrown: undefined, record: { outcome: 'scored', passed: true } })
  expect(run?.record.scores).toEqual({ equal: kept, old, own })
  expect(run?.record).not.toHaveProperty('failure')
  expect(seen).toEqual([{ equal: 1, own: 0.5 }])
})

test('a score that was given by another label is not taken over by a scorer that is not asked', async () => {
  const stored = await makeStored(new ManualClock())
  const rows = { ...row, expected: '5' }
  const plan = { ...stored.job.plan, scorers: [equal] }
  const run = await scoreStored(jobOn(stored, { rows, scorers: ['equal'], removedScorers: ['judge', 'old'], plan }))
  expect(run?.record.scores).toEqual({ equal: { value: 0, kind: 'binary' }, own: stored.record.scores['own'] })
  expect(run?.record.scorers).toEqual({ equal: scorerFingerprint(equal) })
})

test('an answer to another input is no answer', async () => {
  const stored = await makeStored(new ManualClock())
  expect(await scoreStored(jobOn(stored, { rows: { ...row, question: '3 + 3?' } }))).toBeUndefined()
})

test('a sample that is known by its input is scored though its stored input was redacted', async () => {
  const stored = await makeStored(new ManualClock())
  const job = jobOn(stored, { rows: { ...row, expected: '5' }, plan: { ...stored.job.plan, scorers: [equal] } })
  const redacted = { ...job, scorers: ['equal'], stored: { ...job.stored, input: '***' } as SampleRecord }
  expect((await scoreStored(redacted))?.record).toMatchObject({ input: '***', scores: { equal: { value: 0 } } })
  const named = { ...redacted, stored: { ...redacted.stored, id: 'own' } }
  expect(await scoreStored(named)).toBeUndefined()
})

test('cancelled while it was scored, it keeps its output and the scores there are', async () => {
  const stored = await makeStored(new ManualClock())
  const controller = new AbortController()
  controller.abort(new Error('Ctrl+C'))
  const waits: Scorer = { name: 'judge', score: () => new Promise(() => {}) }
  const run = await scoreStored(
    jobOn(stored, { signal: controller.signal, plan: { ...stored.job.plan, scorers: [waits] } }),
  )
  const { equal: kept, old, own } = stored.record.scores
  expect(run).toMatchObject({
    thrown: { code: 'EVALS_SAMPLE_CANCELLED' },
    record: { outcome: 'cancelled', passed: null, output: { text: '4' }, error: { code: 'EVALS_SAMPLE_CANCELLED' } },
  })
  expect(run?.record.scores).toEqual({ equal: kept, old, own })
})

test('an attachment that is gone is an error, not a changed output', async () => {
  const stored = await makeStored(new ManualClock())
  const readAttachment = () => Promise.reject(new Error('gone'))
  await expect(scoreStored(jobOn(stored, { readAttachment }))).rejects.toThrow('gone')
})
