import { appendFileSync, mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SampleLabel } from '@evals/core'
import { makeEntry } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { openLabels } from './open-labels.ts'
import { openStore } from './open-store.ts'

const label: SampleLabel = {
  eval: 'qa.eval.ts > capitals',
  variant: { model: 'mini' },
  id: 'france',
  epoch: 0,
  label: 'bad',
  note: 'two\nlines',
  at: '2026-01-02T03:04:05.678Z',
}

test('labels lie beside the records, move with them, and a torn line costs only itself', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-labels-'))
  const root = folder.path
  const store = await openStore('json://.evals', { root, writer: '1' })
  await store.append('exp', makeEntry())
  const labels = await openLabels('json://.evals', { root, experiment: 'exp' })
  expect(await labels?.read()).toEqual([])
  await labels?.append(label)
  appendFileSync(join(root, '.evals/experiments/exp/labels.jsonl'), '{"eval":"qa')
  await labels?.append({ ...label, label: null })
  const kept = [label, { ...label, label: null }]
  expect(await labels?.read()).toEqual(kept)

  await store.rename('exp', 'renamed')
  const renamed = await openLabels('json://.evals', { root, experiment: 'renamed' })
  expect(await renamed?.read()).toEqual(kept)
  await expect(labels?.append(label)).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_UNKNOWN' })
  await store.close()
})

test.each(['sqlite://evals.sqlite', 'memory://', 'module://./store.ts'])('%s keeps none', async (url) => {
  expect(await openLabels(url, { root: '/nowhere', experiment: 'exp' })).toBeUndefined()
})
