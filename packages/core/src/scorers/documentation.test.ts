import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readThresholds } from '../summary/threshold.ts'
import * as scorers from '../scorers.ts'
import { builders, optionsOf } from './builders.test-support.ts'
import { examples } from './documented-examples.test-support.ts'

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

test('every scorer has one row', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(scorers).toSorted())
})

test.for(rows)('$name has the options of its row', ({ name, options }) => {
  expect(optionsOf(builders[name]!).toSorted()).toEqual(options.toSorted())
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
