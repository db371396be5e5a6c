import { expect, test } from 'vitest'
import { evaluate } from '../evaluate/evaluate.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import { makeDocument, makeEntry, makeRun } from '../testing/make-entry.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import { MemoryStore } from './memory-store.ts'
import { recountEvals } from './recount-evals.ts'

const graded = { name: 'quality', kind: 'graded', range: [0, 5] } as const

/** Of `ended` a run that ended recorded all; of `killed` one that was killed recorded two of three. */
async function killedRun(): Promise<{ store: MemoryStore; document: ExperimentDocument }> {
  const store = new MemoryStore()
  const thresholds = [{ threshold: 'quality mean ≥ 3', passed: true, value: 4, message: 'it holds' }]
  const facts = (name: string) => ({ eval: name, variant: {}, planned: 3, scorers: [graded], thresholds })
  const evals = { ended: await summarizeEval(facts('ended'), []), killed: await summarizeEval(facts('killed'), []) }
  const runs = [{ ...makeRun('first'), endedAt: '2026-01-02T03:05:00.000Z' }, makeRun('second')]
  const document = makeDocument('exp', { status: 'running', runs, evals })
  await store.writeDocument(document)
  store.append('exp', makeEntry({ run: 'first', eval: 'ended', id: '1', scores: { quality: { value: 4 } } }))
  for (const id of ['1', '2']) {
    store.append('exp', makeEntry({ run: 'second', eval: 'killed', id, scores: { quality: { value: 1 } } }))
  }
  return { store, document }
}

test('figures are made of what a run recorded that never ended; its thresholds are not judged', async () => {
  const { store, document } = await killedRun()
  const { ended, killed } = await recountEvals(store, document, { but: new Set() })
  expect(ended).toBe(document.evals['ended'])
  expect(killed).toMatchObject({
    samples: { total: 3, scored: 2, missing: 1 },
    scorers: { quality: { n: 2, mean: 1, kind: 'graded', range: [0, 5] } },
    thresholds: [{ threshold: 'quality mean ≥ 3', passed: null, value: null }],
    verdict: null,
  })
  expect(killed?.scorers['quality']).not.toHaveProperty('kindGuessed')
})

test('nothing is read for evals that need no figures', async () => {
  const { document } = await killedRun()
  const but = new Set(['ended', 'killed'])
  const scan = (): never => expect.unreachable('the records were read')
  expect(await recountEvals({ scan }, document, { but })).toBe(document.evals)
})

test('`evaluate` counts what a killed run recorded of other evals', async () => {
  const { store } = await killedRun()
  await evaluate({ name: 'own', data: [{ id: 'a' }], task: () => 'yes', scorers: [], store, experiment: 'exp' })
  expect(await store.readDocument('exp')).toMatchObject({
    status: 'partial',
    evals: { killed: { samples: { scored: 2, missing: 1 } }, own: { samples: { scored: 1 } } },
  })
})
