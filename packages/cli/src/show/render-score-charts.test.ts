import { ResultSet, summarizeEval, type EvalResults, type SampleResult } from '@evals/core'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { asciiGlyphs, unicodeGlyphs } from '../terminal/charts.ts'
import { renderScoreCharts } from './render-score-charts.ts'

const wide = { glyphs: asciiGlyphs, width: Number.POSITIVE_INFINITY }
const scorers = [
  { name: 'exactMatch', kind: 'binary' },
  { name: 'rouge', kind: 'graded', range: [0, 1] },
  { name: 'words', kind: 'graded' },
] as const

/** 100 samples, one in ten of which failed. */
async function evalOf(name: string) {
  const results = new ResultSet()
  for (let index = 0; index < 100; index++) {
    const failed = index % 10 === 9
    const result: SampleResult = {
      id: `${index}`,
      epoch: 0,
      outcome: failed ? 'error' : 'scored',
      passed: failed ? null : true,
      scores: failed ? {} : { exactMatch: index < 80, rouge: (index % 10) / 10, words: 5 },
      durationMs: failed ? 99_000 : 100 + index ** 2,
    }
    results.add(result)
  }
  const summary = await summarizeEval({ eval: name, variant: {}, planned: 100, scorers }, results.values())
  const stored: EvalResults = { eval: name, variant: {}, results }
  return { summary, stored }
}

test('a row per scorer: the interval on the line of its range, how scores and times are distributed', async () => {
  const { summary, stored } = await evalOf('qa.eval.ts > capitals')
  const results = new Map([['qa.eval.ts > capitals', stored]])
  const draw = (parts: object): string =>
    stripVTControlCharacters(renderScoreCharts([summary], results, { ...wide, ...parts }))
  expect(draw({})).toMatchInlineSnapshot(`
    " eval      scorer      mean with interval             scores              time
     capitals  exactMatch  0 -----------------==o==--- 1                      100 ms #--::::::::: 9.7 s
               rouge       0 --------==o=------------- 1  0 ##_##_###_## 0.8
               words
    "
  `)
  expect(draw({ glyphs: unicodeGlyphs })).toMatchInlineSnapshot(`
    " eval      scorer      mean with interval             scores              time
     capitals  exactMatch  0 ─────────────────━━●━━─── 1                      100 ms █▄▄▃▃▃▃▃▃▃▃▃ 9.7 s
               rouge       0 ────────━━●━───────────── 1  0 ██▁██▁███▁██ 0.8
               words
    "
  `)
  expect(draw({ width: 60 })).toMatchInlineSnapshot(`
    " eval      scorer      mean with interval
     capitals  exactMatch  0 -----------------==o==--- 1
               rouge       0 --------==o=------------- 1
               words
    "
  `)
  expect(draw({ width: 40 })).toBe('')
})

test('without records, and without a score, there is less to draw', async () => {
  const { summary } = await evalOf('qa.eval.ts > qa')
  const none = await summarizeEval({ eval: 'none', variant: {}, planned: 1, scorers }, [])
  expect(stripVTControlCharacters(renderScoreCharts([summary], new Map(), wide))).toMatchInlineSnapshot(`
    " eval  scorer      mean with interval
     qa    exactMatch  0 -----------------==o==--- 1
           rouge       0 --------==o=------------- 1
           words
    "
  `)
  expect(renderScoreCharts([none], new Map(), wide)).toBe('')
})
