import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readThresholds } from '../summary/threshold.ts'
import * as scorers from '../scorers.ts'
import { builders, optionsOf } from './builders.test-support.ts'
import { examples } from './documented-examples.test-support.ts'

const docs = join(import.meta.dirname, '../../../../docs')
const guide = readFileSync(join(docs, 'scorers.md'), 'utf8')
const checked = readFileSync(join(import.meta.dirname, 'documented-examples.test-support.ts'), 'utf8')

interface Row {
  readonly name: string
  readonly page: string
  readonly range: string
  readonly better: string
}

const rows = [...guide.matchAll(/^\| \[`(\w+)`\]\((scorers\/[\w-]+\.md)\) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, name = '', page = '', range = '', better = '']): Row => ({
    name,
    page: readFileSync(join(docs, page), 'utf8'),
    range: range.trim(),
    better: better.trim(),
  }),
)

/** On the scale of what they are made of, or of their options. */
const withoutScale: ReadonlySet<string> = new Set(['map', 'judge', 'panel'])

test('every scorer has one row', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(scorers).toSorted())
})

test.for(rows)('the page of $name has its options', ({ name, page }) => {
  const [, section = ''] = /^## Options$(.*?)^## /ms.exec(page) ?? []
  const documented = [...section.matchAll(/^\| `(\w+)` /gm)].map(([, option = '']) => option)
  expect(documented.toSorted()).toEqual(['name', ...optionsOf(builders[name]!)].toSorted())
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

test.for(rows.filter(({ name }) => !withoutScale.has(name)))('the page of $name tells what it declares', (row) => {
  const { kind, range: [least, greatest] = [], direction, needsExpected = false } = builders[row.name]!({})
  const [, section = ''] = /^## Score$(.*?)^## /ms.exec(row.page) ?? []
  expect(section).toContain(greatest === Infinity ? `range [${least}, ∞)` : `range [${least}, ${greatest}]`)
  expect(section).toContain(`${direction} is better`)
  expect(section.trim()).toMatch(new RegExp(`^A (${kind} )?scorer[, ]`))
  const need = /needs `expected`( if| when| unless)?/.exec(section)
  expect(need?.[1] === undefined ? need !== null : needsExpected).toBe(needsExpected)
})

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
