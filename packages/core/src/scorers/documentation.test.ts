import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Scorer } from '../scoring/scorer.ts'
import { readThresholds } from '../summary/threshold.ts'
import * as scorers from '../scorers.ts'
import { examples } from './documented-examples.test-support.ts'
import { scriptedModel } from './judge/scripted-model.test-support.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/scorers.md'), 'utf8')
const checked = readFileSync(join(import.meta.dirname, 'documented-examples.test-support.ts'), 'utf8')

interface Row {
  readonly name: string
  readonly range: string
  readonly better: string
  readonly options: readonly string[]
}

const rows = [...guide.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$/gm)].map(
  ([, name = '', range = '', better = '', options = '']): Row => ({
    name,
    range: range.trim(),
    better: better.trim(),
    options: [...options.matchAll(/`(\w+)`/g)].map(([, option = '']) => option),
  }),
)

const parts = [scorers.exactMatch()]
const model = scriptedModel([])
const embeddings = { provider: 'fake', modelId: 'e', embed: async () => ({ vectors: [], usage: {}, model: 'fake:e' }) }
const builders: Readonly<Record<string, (options: object) => Scorer>> = {
  ...(scorers as object),
  answerRelevance: (options) => scorers.answerRelevance({ model, ...options }),
  closedQa: (options) => scorers.closedQa({ model, criterion: 'x', ...options }),
  coherence: (options) => scorers.coherence({ model, ...options }),
  contextPrecision: (options) => scorers.contextPrecision({ model, ...options }),
  contextRecall: (options) => scorers.contextRecall({ model, ...options }),
  embeddingSimilarity: (options) => scorers.embeddingSimilarity({ model: embeddings, ...options }),
  factuality: (options) => scorers.factuality({ model, ...options }),
  faithfulness: (options) => scorers.faithfulness({ model, ...options }),
  judge: (options) => scorers.judge({ model, rubric: 'x', ...options }),
  moderation: (options) => scorers.moderation({ model, ...options }),
  pairwise: (options) => scorers.pairwise({ model, ...options }),
  panel: (options) =>
    scorers.panel((one) => scorers.moderation({ model: one }), { models: { a: model, b: model }, ...options }),
  relevance: (options) => scorers.relevance({ model, ...options }),
  matches: (options) => scorers.matches(/x/, options),
  classification: (options) => scorers.classification({ labels: ['a', 'b'], ...options }),
  all: (options) => scorers.all(parts, options),
  any: (options) => scorers.any(parts, options),
  not: (options) => scorers.not(parts[0]!, options),
  map: (options) => scorers.map(parts[0]!, options),
  weighted: (options) => scorers.weighted([[parts[0]!, 1]], options),
}

test('every scorer has one row', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(scorers).toSorted())
})

test.for(rows)('$name has the options of its row', ({ name, options }) => {
  let known: unknown
  try {
    builders[name]!({ nonsense: true })
  } catch (error) {
    known = (error as { details: { known: string[] } }).details.known
  }
  expect((known as string[]).filter((option) => option !== 'name').toSorted()).toEqual(options.toSorted())
})

test.for(rows.filter(({ name }) => name !== 'map'))(
  '$name declares the range of its row',
  ({ name, range, better }) => {
    const { kind, range: [least, greatest] = [], direction } = builders[name]!({})
    const declared = kind === 'binary' ? '{0, 1}' : `${least} to ${greatest === Infinity ? '∞' : greatest}`
    expect(range.startsWith(declared)).toBe(true)
    expect(better).toBe(direction)
  },
)

test('the code of the guide is the code that the compiler sees', () => {
  const blocks = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
  expect(blocks.length).toBeGreaterThan(5)
  expect(blocks.filter((code) => !checked.includes(code))).toEqual([])
})

test('its thresholds are of scorers and metrics that there are', () => {
  for (const thresholds of examples.thresholds) {
    for (const { subject, figure } of readThresholds(thresholds, examples.scorers)) {
      const scorer = examples.scorers.find(({ name }) => name === subject)
      expect(scorer?.metrics?.map(({ name }) => name)).toContain(figure)
    }
  }
})
