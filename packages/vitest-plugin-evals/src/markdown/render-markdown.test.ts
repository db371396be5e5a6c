import type { ExperimentDocument } from '@evals/core'
import { makeDocument } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { makeSummary } from '../terminal/eval-summary.test-support.ts'
import type { MarkdownScore } from './markdown-report.ts'
import { renderMarkdown } from './render-markdown.ts'
import { verdictOf } from './markdown-verdict.ts'

const threshold = (passed: boolean | null, message: string) => ({ threshold: 't', passed, value: null, message })
const holds = threshold(true, 'exactMatch mean ≥ 0.5: holds, found 0.8')
const missed = threshold(false, 'exactMatch mean ≥ 0.9: missed, found 0.8')
const open = threshold(null, 'costUsd total ≤ 1: not judged')

const run = {
  id: 'r',
  startedAt: '2026-01-02T03:04:05.000Z',
  endedAt: '2026-01-02T03:05:20.000Z',
  git: { commit: '0123456789abcdef', branch: 'main', dirty: false },
  versions: {},
  options: {},
}

test('the verdict first, what decided it, the figures, what differs from the base', async () => {
  const facts = { thresholds: [holds, missed, open] }
  const summary = await makeSummary('capitals', { count: 100, facts, result: { costUsd: 0.001 } })
  const score: MarkdownScore = {
    eval: 'src/qa.eval.ts > capitals',
    scorer: 'exactMatch',
    verdict: 'worse',
    sentence: 'worse by 4.2 points (McNemar p < 0.001, n = 100 pairs; could have seen 3.3 points)',
    worse: 7,
    better: 1,
    flips: [
      { id: 's1', base: 1, other: 0, input: { question: 'a|b?' }, baseOutput: 'Paris', otherOutput: '<b>@octocat</b>' },
      { id: 's2', base: 0.25, other: 1, input: 'x'.repeat(200) },
    ],
  }
  const steady: MarkdownScore = { ...score, scorer: 'rouge', verdict: 'inconclusive', worse: 0, better: 0, flips: [] }
  const comparisons = [{ base: 'main', scores: [score, steady] }]
  const text = renderMarkdown({
    document: makeDocument('pr-7', { runs: [run] }),
    evals: [{ ...summary, samples: { ...summary.samples, failed: 2 } }],
    comparisons,
  })
  expect(text).toBe(`## Evals: \`pr-7\`

**❌ 1 of 3 gates missed, 2 samples failed, 1 score worse, 1 gate not judged**

100 samples · $0.10 · 1 min 15 s · completed · commit \`0123456\`

- ❌ \`src/qa.eval.ts > capitals\`: \`exactMatch mean ≥ 0.9: missed, found 0.8\`
- ❔ \`src/qa.eval.ts > capitals\`: \`costUsd total ≤ 1: not judged\`

<details>
<summary>1 gate holds</summary>

- ✅ \`src/qa.eval.ts > capitals\`: \`exactMatch mean ≥ 0.5: holds, found 0.8\`

</details>

| eval | scorer | n | mean | 95 % interval | unscored | p50 | p95 | cost |
| --- | --- | --: | --: | --- | --: | --: | --: | --: |
| \`src/qa.eval.ts > capitals\` | \`exactMatch\` | 100 | 0.800 | 0.711 to 0.867 | 0 | 1.3 s | 1.7 s | $0.10 |
|  | \`levenshtein\` | 100 | 0.500 | 0.429 to 0.571 | 0 |  |  |  |

### Compared with \`main\`

| eval | scorer | verdict | what it says |
| --- | --- | --- | --- |
| \`src/qa.eval.ts > capitals\` | \`exactMatch\` | ❌ worse | worse by 4.2 points (McNemar p &lt; 0.001, n = 100 pairs; could have seen 3.3 points) |
| \`src/qa.eval.ts > capitals\` | \`rouge\` | cannot tell | worse by 4.2 points (McNemar p &lt; 0.001, n = 100 pairs; could have seen 3.3 points) |

<details>
<summary>7 samples worse, 1 sample better</summary>

\`src/qa.eval.ts > capitals\` \`exactMatch\`

| sample | score | input | output of \`main\` | output now |
| --- | --- | --- | --- | --- |
| \`s1\` | 1 → 0 | \`{"question":"a\\|b?"}\` | \`Paris\` | \`<b>@octocat</b>\` |
| \`s2\` | 0.25 → 1 | \`${'x'.repeat(119)}…\` | – | – |

… and 6 more

</details>

`)
})

test.for([
  [[holds], {}, '✅ the gate holds'],
  [[holds, holds], {}, '✅ all 2 gates hold'],
  [[], {}, 'No threshold and no baseline was asked for'],
  [[holds], { status: 'running' }, '⚠️ a run goes on, or was killed'],
  [[holds, open], { status: 'interrupted' }, '⚠️ interrupted, 1 gate not judged'],
  [[missed], {}, '❌ 1 of 1 gate missed'],
] as const)('verdict %#', async ([thresholds, parts, expected]) => {
  const evals = [await makeSummary('capitals', { facts: { thresholds } })]
  expect(verdictOf({ document: makeDocument('exp', parts), evals, comparisons: [] })).toBe(expected)
})

test('samples without a result are no success; a comparison without a loss is one', async () => {
  const document = makeDocument('exp')
  const forgiven = [await makeSummary('capitals', { errors: 3, facts: { maxErrorRate: 0.1, thresholds: [holds] } })]
  expect(verdictOf({ document, evals: forgiven, comparisons: [] })).toBe('⚠️ 3 samples without a result')
  const evals = [await makeSummary('capitals')]
  const score = { eval: 'e', scorer: 's', verdict: 'better', sentence: '', worse: 0, better: 9, flips: [] } as const
  const better = { document, evals, comparisons: [{ base: 'main', scores: [score] }] }
  expect(verdictOf(better)).toBe('✅ nothing is worse')
  const apart = { ...better, comparisons: [{ base: 'main', scores: [] }] }
  expect(verdictOf(apart)).toBe('No threshold and no baseline was asked for')
  expect(renderMarkdown(apart)).toContain('No score of an eval and variant is in both')
})

test('errors that fail the run are a failure, those that it forgives or may forgive are none', async () => {
  const status = 'completed-with-errors' as const
  const textOf = (maxErrorRate: number, parts: Partial<ExperimentDocument> = { status }): Promise<string> =>
    makeSummary('capitals', { count: 10, errors: 5, facts: { maxErrorRate } }).then((summary) =>
      renderMarkdown({ document: makeDocument('exp', parts), evals: [summary], comparisons: [] }),
    )
  const [failed, forgiven, running] = await Promise.all([textOf(0), textOf(0.9), textOf(0, { status: 'running' })])
  expect(failed).toContain('**❌ 5 samples ended in an error or a timeout, completed with errors**')
  expect(failed).toContain('- ❌ `src/qa.eval.ts > capitals`: 5 of 10 samples ended in an error or a timeout\n')
  expect(forgiven).toContain('**⚠️ completed with errors, 5 samples without a result**')
  expect(forgiven).not.toContain('❌')
  expect(running).toContain('**⚠️ a run goes on, or was killed, 5 samples without a result**')
})

test('samples whose passWhen or scorer failed fail the run', async () => {
  const document = makeDocument('exp', { status: 'completed-with-errors' })
  const summary = await makeSummary('capitals', { count: 6, result: { passed: null } })
  const text = renderMarkdown({ document, evals: [summary], comparisons: [] })
  expect(text).toContain('**❌ 6 samples without a verdict, completed with errors**')
  expect(text).toContain(
    '- ❌ `src/qa.eval.ts > capitals`: 6 of 6 samples got no verdict, since passWhen or a scorer failed\n',
  )
  const scorers = { exactMatch: { ...summary.scorers['exactMatch']!, failed: 6 } }
  expect(verdictOf({ document, evals: [{ ...summary, scorers }], comparisons: [] })).toBe(
    '❌ 6 scores failed, completed with errors',
  )
})

test('epochs without a score stand beside the samples without any', async () => {
  const summary = await makeSummary('capitals', { count: 100, errors: 3 })
  const scorers = { s: { ...summary.scorers['exactMatch']!, unscoredEpochs: 12 } }
  const text = renderMarkdown({
    document: makeDocument('pr-7', { runs: [run] }),
    evals: [{ ...summary, scorers }],
    comparisons: [],
  })
  expect(text).toMatch(/\| `s` \| 97 \| [^|]+ \| [^|]+ \| 3 \+ 12 epochs \|/)
})

test('a total that lacks calls without a price says so', async () => {
  const use = { model: 'openai:mini', purpose: 'task' as const, calls: 1, usage: {} }
  const priced = await makeSummary('capitals', {
    count: 10,
    result: { costUsd: 0.01, models: [{ ...use, costUsd: 0.01 }] },
  })
  const local = { ...use, model: 'local:judge', purpose: 'score' as const }
  const mixed = await makeSummary('rivers', { count: 10, result: { models: [{ ...use, costUsd: 0.02 }, local] } })
  const unpriced = await makeSummary('lakes', { count: 10, result: { models: [local] } })
  const without = await makeSummary('plain', { count: 10 })
  const factsOf = (...evals: (typeof priced)[]): string | undefined =>
    renderMarkdown({ document: makeDocument('pr'), evals, comparisons: [] })
      .split('\n')
      .find((line) => line.includes(' · '))
  expect(factsOf(priced, without)).toBe('20 samples · $0.10 · completed')
  expect(factsOf(without)).toBe('10 samples · completed')
  expect(factsOf(priced, mixed, unpriced)).toBe(
    '30 samples · at least $0.30: calls of 2 evals have no known price · completed',
  )
  expect(factsOf(unpriced)).toBe('10 samples · cost unknown: calls of 1 eval have no known price · completed')
})

test('evals that could not be declared, and those with more errors than they allow, come first', async () => {
  const error = { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message: '`qa.csv` is <b>missing</b>' }
  const undeclared = [{ eval: 'qa.eval.ts > lakes', variant: {}, error }]
  const facts = { maxErrorRate: 0.01, thresholds: [missed] }
  const evals = [await makeSummary('capitals', { count: 100, errors: 3, facts })]
  const document = makeDocument('pr', { runs: [run], status: 'completed-with-errors', undeclared })
  const text = renderMarkdown({ document, evals, comparisons: [] })
  expect(text).toContain(`
**❌ 1 eval could not be declared, 1 eval with too many errors, 1 of 1 gate missed, 3 samples ended in an error or a timeout, completed with errors**
`)
  expect(text).toContain(`
- ❌ \`qa.eval.ts > lakes\`: could not be declared, \`\`EVALS_DATASET_UNREADABLE: \`qa.csv\` is <b>missing</b>\`\`
- ❌ \`src/qa.eval.ts > capitals\`: 3 of 100 samples ended in an error or a timeout, more than maxErrorRate 0.01 allows (1)
- ❌ \`src/qa.eval.ts > capitals\`: \`exactMatch mean ≥ 0.9: missed, found 0.8\`
`)
})

test('a run that did not end in order is not called well, whatever its gates say', async () => {
  const summary = await makeSummary('capitals', { count: 10, facts: { thresholds: [holds] } })
  const verdictFor = (status: 'completed' | 'completed-with-errors' | 'partial'): string =>
    verdictOf({ document: makeDocument('pr', { runs: [run], status }), evals: [summary], comparisons: [] })
  expect(verdictFor('completed')).toBe('✅ the gate holds')
  expect(verdictFor('completed-with-errors')).toBe('⚠️ completed with errors')
  expect(verdictFor('partial')).toBe('⚠️ not all samples ran')
})

test('of changed samples for which there is no room the numbers stay', async () => {
  const score = {
    eval: 'e',
    scorer: 's',
    verdict: 'worse',
    sentence: 'worse',
    worse: 12,
    better: 3,
    flips: [],
  } as const
  const comparisons = [{ base: 'main', scores: [score] }]
  const text = renderMarkdown({ document: makeDocument('pr', { runs: [run] }), evals: [], comparisons })
  expect(text).toContain('<summary>12 samples worse, 3 samples better</summary>\n\n`e` `s`\n\n\n… and 15 more\n')
})
