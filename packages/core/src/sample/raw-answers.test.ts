import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import type { SamplePlan } from './sample-job.ts'
import { runSample } from './run-sample.ts'
import { makeJob, makeModel } from './sample-job.test-support.ts'

async function runWith(traces: NonNullable<SamplePlan['traces']>) {
  const clock = new ManualClock()
  const raw = { service_tier: 'default', image: new Uint8Array([1]), headers: { authorization: 'Bearer sk-1' } }
  const model = makeModel(clock, { text: '4', raw })
  const seen: unknown[] = []
  const { record, attachments } = await runSample(
    makeJob({
      clock,
      plan: { traces, passWhen: () => false },
      scorers: [{ name: 'seen', score: ({ trace }) => (seen.push(...trace), 0) }],
      task: () => model.generate('2 + 2?'),
    }),
  )
  return { record, attachments, seen }
}

const entry = { type: 'model', atMs: 100, call: 0 }
const shown = { question: '2 + 2?', answer: { text: '4', finishReason: 'stop' } }

test('with `traces: all` the trace keeps what the vendor answered, without headers; scorers see it, too', async () => {
  const { record, attachments, seen } = await runWith('all')
  const image = { $blob: attachments[0]?.sha256, mediaType: 'application/octet-stream', bytes: 1 }
  expect(record.trace).toEqual([{ ...entry, ...shown, raw: { service_tier: 'default', image } }])
  expect(seen).toEqual([{ ...entry, ...shown, raw: { service_tier: 'default', image: new Uint8Array([1]) } }])
  expect(JSON.stringify(record)).not.toContain('sk-1')
})

test.for(['errors', 'off'] as const)(
  'with `traces: %s` it does not, not even of a sample that failed',
  async (traces) => {
    const { record, attachments, seen } = await runWith(traces)
    expect(record.trace).toEqual([{ ...entry, ...(traces === 'errors' ? shown : {}) }])
    expect(seen).toEqual([entry])
    expect(attachments).toEqual([])
  },
)
