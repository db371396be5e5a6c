import { expect, test } from 'vitest'
import { makeSummary, plain } from './eval-summary.test-support.ts'
import { renderTable } from './render-table.ts'

const paid = { usage: { inputTokens: 412, outputTokens: 31 }, costUsd: 0.0012 }
const thresholds = [true, false, null].map((passed) => ({ threshold: 't', passed, value: null, message: '' }))
const table = async (...summaries: ReturnType<typeof makeSummary>[]): Promise<string> =>
  plain(renderTable(await Promise.all(summaries)))

test('a row for each scorer; what concerns the eval stands in its first', async () => {
  const text = await table(
    makeSummary('capitals', { result: paid, facts: { thresholds } }),
    makeSummary('arithmetic', { errors: 3, result: paid }),
  )
  expect(`\n${text}\n`).toMatchInlineSnapshot(`
    "
     eval        scorer         n   mean  95 % interval             unscored    p50    p95        tokens   cost  thresholds
     capitals    exactMatch   200  0.800  0.739 to 0.850                   0  1.8 s  2.7 s  82.4K + 6.2K  $0.24  ✓✗?
                 levenshtein  200  0.500  0.451 to 0.549                   0
     arithmetic  exactMatch   197  0.802  0.741 to 0.852  3 (0.790 to 0.805)  1.8 s  2.7 s  82.4K + 6.2K  $0.24
                 levenshtein  197  0.504  0.454 to 0.554  3 (0.496 to 0.511)
    "
  `)
})

test('a typical table of three evals with two scorers with costs is at most 111 columns wide, without costs 100', async () => {
  const names = ['capitals', 'arithmetic', 'summaries']
  const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length))
  expect(
    widest(await table(...names.map((name) => makeSummary(name, { result: paid, facts: { thresholds } })))),
  ).toBeLessThanOrEqual(111)
  expect(widest(await table(...names.map((name) => makeSummary(name, { facts: { thresholds } }))))).toBeLessThanOrEqual(
    100,
  )
})

test('columns nobody has anything in are left out; what is not known is a dash', async () => {
  const free = await table(makeSummary('capitals'))
  expect(free).not.toMatch(/variant|tokens|cost|thresholds/)
  const mixed = await table(makeSummary('paid', { result: paid }), makeSummary('free'))
  expect(mixed.split('\n').find((line) => line.includes('free'))).toMatch(/–\s+–\s*$/)
  const failed = await table(makeSummary('failed', { errors: 200 }), makeSummary('fine'))
  expect(failed).toMatch(/exactMatch +0 +– +– +200 \(0\.000 to 1\.000\)/)
})

test('epochs without a score stand beside the samples without any', async () => {
  const summary = await makeSummary('capitals', { errors: 3 })
  const { exactMatch } = summary.scorers
  const text = await table(Promise.resolve({ ...summary, scorers: { s: { ...exactMatch!, unscoredEpochs: 12 } } }))
  expect(text).toMatch(/ s +197 .* 3 \+ 12 epochs \(0\.790 to 0\.805\)/)
})

test('variants and tags have rows of their own', async () => {
  const text = await table(
    makeSummary('capitals', {
      count: 10,
      result: { tags: ['europe'] },
      facts: { variant: { model: 'mini', prompt: 'v1' } },
    }),
  )
  expect(text).toContain('model=mini, prompt=v1')
  expect(text).toMatch(/^ {3}#europe +exactMatch +10 +0\.800/m)
})

test('an eval without scorers has a row, and evals of several files show them', async () => {
  const none = await table(makeSummary('no scorers', { count: 1, result: { scores: {} }, facts: { scorers: [] } }))
  expect(none).toMatch(/no scorers/)
  const other = await makeSummary('capitals')
  const text = await table(makeSummary('capitals'), Promise.resolve({ ...other, eval: 'b.eval.ts > group > capitals' }))
  expect(text).toContain('src/qa.eval.ts > capitals')
  expect(text).toContain('b.eval.ts > group > capitals')
})

test('a line break in a name does not break its row', async () => {
  const text = await table(makeSummary('two\nlines'))
  expect(text).toContain(' two lines  exactMatch ')
})

test('metrics and reducers have rows below their scorer', async () => {
  const interval = { lower: 0.7, upper: 0.95, method: 'wilson', level: 0.95 }
  const text = await table(
    makeSummary('capitals', {
      facts: {
        thresholds: [{ threshold: 'exactMatch passAt5 ≥ 0.5', passed: true, value: 0.9, message: '' }],
        metrics: { exactMatch: { passAt5: { value: 0.9, n: 40, interval }, macroF1: { value: 0.75, n: 200 } } },
      },
    }),
  )
  expect(`\n${text}\n`).toMatchInlineSnapshot(`
    "
     eval      scorer         n   mean  95 % interval   unscored    p50    p95  thresholds
     capitals  exactMatch   200  0.800  0.739 to 0.850         0  1.8 s  2.7 s  ✓
                 passAt5     40  0.900  0.700 to 0.950
                 macroF1    200  0.750  –
               levenshtein  200  0.500  0.451 to 0.549         0
    "
  `)
})
