import { Buffer } from 'node:buffer'
import type { SampleRecord } from '../../../packages/core/src/index.ts'
import { makeRecord, makeRun } from '../../../packages/core/src/testing.ts'
import { blobOf, limits, png, reviews, wav, writeExperiment } from './experiments.ts'

const run = {
  ...makeRun('run'),
  startedAt: '2026-01-02T03:00:00.000Z',
  endedAt: '2026-01-02T03:04:05.000Z',
  ended: 'finished',
  git: { commit: '3f2a9c01d2e4b5a6', branch: 'main', dirty: true },
  options: { experiment: 'prod', concurrency: 100 },
  limits: limits(),
} as const

/** A team's store: two models, a base, a newer experiment that is worse, and one that runs. */
export async function writeStory(folder: string): Promise<void> {
  const image = blobOf(png, 'image/png', 'png')
  const sound = blobOf(wav, 'audio/wav', 'wav')
  const noImage = blobOf(Buffer.from('no image at all'), 'image/png', 'png')
  const models = ['mini', 'big', 'huge'].flatMap((model, index) =>
    reviews(100, { skill: 0.5 + 0.2 * index }).map((record) => ({ ...record, variant: { model } })),
  )
  await writeExperiment(folder, {
    name: 'models',
    records: [...models, ...reviews(300, { skill: 0.8, seed: 2 })],
    document: { runs: [{ ...run, git: { ...run.git, dirty: false } }], createdAt: '2026-01-02T00:00:00.000Z' },
  })
  await writeExperiment(folder, {
    name: 'base',
    records: reviews(300, { skill: 0.85 }),
    document: { runs: [run], createdAt: '2026-01-03T00:00:00.000Z' },
  })
  await writeExperiment(folder, {
    name: 'prod',
    records: [
      ...reviews(300, { skill: 0.6 }),
      ...richSamples({ image: image.blob, sound: sound.blob, noImage: noImage.blob }),
    ],
    document: {
      runs: [{ ...run, git: { ...run.git, commit: 'a15c0ffee5e1' } }],
      createdAt: '2026-01-04T00:00:00.000Z',
      status: 'completed-with-errors',
    },
    attachments: { [image.file]: png, [sound.file]: wav, [noImage.file]: Buffer.from('no image at all') },
  })
  await writeExperiment(folder, {
    name: 'running',
    records: reviews(20),
    document: { status: 'running', evals: {}, runs: [makeRun('run')], createdAt: '2026-01-05T00:00:00.000Z' },
  })
}

/** Two epochs of a sample that has all a record can hold. */
function richSamples(attachments: Readonly<Record<string, object>>): SampleRecord[] {
  return [0, 1].map((epoch) =>
    makeRecord({
      eval: 'rich.eval.ts > rich',
      variant: { model: 'mini' },
      id: 'fox',
      epoch,
      input: { messages: [{ role: 'user', content: 'What does the fox do?' }], ...attachments },
      expected: 'The quick brown fox jumps over the lazy dog.',
      output: '# Answer\n\nThe quick **red** fox jumps over the lazy dog.\n\n- one\n- two',
      passed: false,
      scores: {
        similarity: { value: 0.82, explanation: 'Close, but the colour is wrong.', metadata: { distance: 2 } },
        judge: { value: null, error: { name: 'Error', message: 'The judge did not answer.', stack: 'Error: …' } },
      },
      failure: { message: 'similarity is below 0.9' },
      calls: [
        {
          model: 'openai:gpt-5-mini',
          purpose: 'task',
          durationMs: 400,
          firstTokenMs: 120,
          queuedMs: 3,
          retries: 2,
          cached: false,
          usage: { inputTokens: 1200, outputTokens: 80 },
          costUsd: 0.0012,
        },
      ],
      trace: [
        { type: 'log', atMs: 3, values: ['looking', { at: 'the fox' }] },
        { type: 'span', atMs: 4, name: 'retrieve', durationMs: 40 },
        {
          type: 'model',
          atMs: 50,
          call: 0,
          question: [{ role: 'user', content: 'hi' }],
          answer: { text: 'The fox …' },
        },
        { type: 'tool', atMs: 60, name: 'search', arguments: { q: 'fox' }, result: ['a', 'b'] },
      ],
      tags: ['animals'],
      metadata: { language: 'en' },
    }),
  )
}
