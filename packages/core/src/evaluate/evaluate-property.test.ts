import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse } from '../model/language-model.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { unlimited } from '../testing/unlimited.ts'
import { evaluate } from './evaluate.ts'

beforeAll(() => useRequestEngine({ limiter: unlimited }))
afterAll(() => useRequestEngine({}))

/** A store whose disk is full after some appends. */
class FullStore extends MemoryStore {
  left = Number.POSITIVE_INFINITY

  override append(experiment: string, entry: RecordEntry): void {
    if (this.left <= 0) throw new TypeError('disk full')
    this.left -= 1
    super.append(experiment, entry)
  }
}

const model = defineModel({
  provider: 'fake',
  modelId: 'judge',
  generate: async () => createModelResponse({ text: 'yes', model: 'fake:judge' }),
})
const scorers: Scorer[] = [
  { name: 'equal', version: '1', score: ({ output }) => output === '4' },
  { name: 'judge', version: '1', score: async () => (await model.generate('good?')).text === 'yes' },
]

/** How a run ends early: after so many records, or cancelled after so many task calls. */
const ending = fc.record({ records: fc.option(fc.nat(20)), calls: fc.option(fc.nat(10)) })

const rows = Array.from({ length: 6 }, (_, index) => ({ id: `row ${index}` }))

test('property: however runs end, all is scored in the end and no stored answer is asked for again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ending, { maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(9),
      async (endings, concurrency, failing) => {
        const store = new FullStore()
        let callsThatFail = failing
        const run = async ({ records, calls }: { records: number | null; calls: number | null }) => {
          const answered = await answeredIds(store)
          const controller = new AbortController()
          const asked: string[] = []
          store.left = records ?? Number.POSITIVE_INFINITY
          const running = evaluate({
            name: 'sums',
            data: rows,
            scorers,
            store,
            experiment: 'exp',
            version: '1',
            concurrency,
            signal: controller.signal,
            task({ id }) {
              asked.push(id)
              if (asked.length > (calls ?? rows.length)) controller.abort()
              if ((callsThatFail -= 1) >= 0 && callsThatFail % 2 === 0) throw new TypeError('no answer')
              return '4'
            },
          })
          const evaluation = await running.catch((error: unknown) => expect(error).toEqual(new TypeError('disk full')))
          expect(asked.filter((id) => answered.has(id))).toEqual([])
          return evaluation
        }
        for (const end of endings) await run(end)
        callsThatFail = 0
        const last = await run({ records: null, calls: null })
        const ids: string[] = []
        for await (const record of last!.records()) {
          expect(record).toMatchObject({ outcome: 'scored', scores: { equal: { value: 1 }, judge: { value: 1 } } })
          ids.push(record.id)
        }
        expect(last!.status).toBe('completed')
        expect(ids.toSorted()).toEqual(rows.map(({ id }) => id))
      },
    ),
    { numRuns: 100 },
  )
})

async function answeredIds(store: MemoryStore): Promise<Set<string>> {
  const ids = new Set<string>()
  for await (const record of store.scan('exp')) if ('output' in record) ids.add(record.id)
  return ids
}
