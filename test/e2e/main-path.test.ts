import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const capitals = `
import { evalTest } from 'vitest-plugin-evals'
import { exactMatch, levenshtein } from 'vitest-plugin-evals/scorers'

const rows = [
  { country: 'France', expected: 'Paris', tags: ['europe'] },
  { country: 'Japan', expected: 'Tokyo' },
  { country: 'France', expected: 'Paris', tags: ['europe'] },
  { country: 'Peru', expected: 'Lima' },
  { country: 'Kenya', expected: 'Nairobi' },
  { country: 'France', expected: 'paris', tags: ['europe', 'odd'] },
]
const answers = { France: 'Paris', Japan: 'Tokyo', Kenya: 'Nairobi', Peru: 'Cusco' }

evalTest.each(rows)('capitals', ({ country }) => answers[country], {
  scorers: [exactMatch(), levenshtein()],
  thresholds: { exactMatch: 0.5, levenshtein: { mean: { atMost: 1 }, ciLower: 0.2 } },
})

evalTest('a single sample', () => 'done', { scorers: [function isDone({ output }) { return output === 'done' }] })

evalTest.each([
  { id: 'greeting', question: 'Say\\nhello, please', expected: 'hello' },
  { id: 7, question: 'x'.repeat(60) },
])('titled', ({ question }) => question.slice(0, 3), { epochs: 3, title: '$question!' })
`

/** First 16 hex digits of the SHA-256 of an input's canonical JSON. */
function idOf(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16)
}

const france = idOf('{"country":"France"}')
const ids = {
  france,
  japan: idOf('{"country":"Japan"}'),
  france2: `${france}-2`,
  peru: idOf('{"country":"Peru"}'),
  kenya: idOf('{"country":"Kenya"}'),
  france3: `${france}-3`,
}

describe.each(vitestMajors)('the main path on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'src/qa.eval.ts': capitals }, options: ['--experiment', 'Main path'] })
  })

  it('runs a test for each sample and epoch, with a stable name, and one for each threshold', () => {
    const capitalsTests = Object.values(ids).map((id) => [`src/qa.eval.ts > capitals > capitals › ${id}`, 'passed'])
    const long = 'x'.repeat(39)
    expect(statesOf(run.tests)).toEqual({
      ...Object.fromEntries(capitalsTests),
      'src/qa.eval.ts > capitals > capitals › exactMatch mean ≥ 0.5': 'passed',
      'src/qa.eval.ts > capitals > capitals › levenshtein mean ≤ 1': 'passed',
      'src/qa.eval.ts > capitals > capitals › levenshtein ciLower ≥ 0.2': 'passed',
      [`src/qa.eval.ts > a single sample > a single sample › ${idOf('{}')}`]: 'passed',
      'src/qa.eval.ts > titled > titled › greeting Say hello, please!': 'passed',
      'src/qa.eval.ts > titled > titled › greeting #2 Say hello, please!': 'passed',
      'src/qa.eval.ts > titled > titled › greeting #3 Say hello, please!': 'passed',
      [`src/qa.eval.ts > titled > titled › 7 ${long}…`]: 'passed',
      [`src/qa.eval.ts > titled > titled › 7 #2 ${long}…`]: 'passed',
      [`src/qa.eval.ts > titled > titled › 7 #3 ${long}…`]: 'passed',
    })
    expect(run.exitCode).toBe(0)
  })

  it('records each sample once, with every field of the format', () => {
    const { records } = run.experiment
    expect(records).toHaveLength(6 + 1 + 6)
    expect(records.find(({ id }) => id === ids.france3)).toEqual({
      v: 1,
      run: run.experiment.document?.runs[0]?.id,
      revision: 0,
      eval: 'src/qa.eval.ts > capitals',
      variant: {},
      id: ids.france3,
      epoch: 0,
      rowHash: idOf('{"country":"France","expected":"paris","tags":["europe","odd"]}'),
      outcome: 'scored',
      passed: true,
      input: { country: 'France' },
      expected: 'paris',
      output: 'Paris',
      scores: {
        exactMatch: { value: 0 },
        levenshtein: { value: 0.8, explanation: 'distance 1, length 5' },
      },
      scorers: {
        exactMatch: expect.stringMatching(/^[0-9a-f]{16}$/),
        levenshtein: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      usage: {},
      costUsd: null,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      durationMs: expect.any(Number),
      queuedMs: 0,
      calls: [],
      trace: [],
      tags: ['europe', 'odd'],
      metadata: {},
    })
  })

  it('records samples in the order of the dataset, the epochs of a sample one after another', () => {
    const inOrder = (name: string): string[] =>
      run.experiment.records
        .filter((record) => record.eval === `src/qa.eval.ts > ${name}`)
        .map(({ id, epoch }) => `${id} ${epoch}`)
    expect(inOrder('capitals')).toEqual(Object.values(ids).map((id) => `${id} 0`))
    expect(inOrder('titled')).toEqual(['greeting 0', 'greeting 1', 'greeting 2', '7 0', '7 1', '7 2'])
  })

  it('sums the experiment up in experiment.json', () => {
    const { document } = run.experiment
    expect(run.experiments).toHaveProperty(['%4Dain%20path'])
    expect(document).toEqual({
      version: 1,
      experiment: 'Main path',
      status: 'completed',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      runs: [
        {
          id: expect.stringMatching(/^\d{8}_\d{6}_[0-9a-f]{8}$/),
          startedAt: document?.createdAt,
          endedAt: expect.any(String),
          ended: 'finished',
          versions: {
            node: process.versions.node,
            vitest: expect.stringMatching(`^${vitest}\\.`),
            'vitest-plugin-evals': expect.stringMatching(/^\d+\.\d+\.\d+/),
          },
          options: { experiment: 'Main path' },
        },
      ],
      evals: {
        'src/qa.eval.ts > capitals': expect.any(Object),
        'src/qa.eval.ts > a single sample': expect.any(Object),
        'src/qa.eval.ts > titled': expect.any(Object),
      },
    })
    const all = (total: number): object => ({
      total,
      scored: total,
      error: 0,
      timeout: 0,
      cancelled: 0,
      failed: 0,
      missing: 0,
    })
    const { 'src/qa.eval.ts > capitals': summary, 'src/qa.eval.ts > titled': titled } = document!.evals
    expect(titled).toMatchObject({ samples: all(6), scorers: {}, thresholds: [], verdict: null })
    expect(summary).toMatchObject({
      samples: all(6),
      verdict: true,
      thresholds: [
        { threshold: 'exactMatch mean ≥ 0.5', passed: true, value: expect.closeTo(4 / 6, 12) },
        { threshold: 'levenshtein mean ≤ 1', passed: true },
        { threshold: 'levenshtein ciLower ≥ 0.2', passed: true },
      ],
      tags: {
        europe: { samples: 3, scorers: { exactMatch: { n: 3, mean: expect.closeTo(2 / 3, 12) } } },
        odd: { samples: 1, scorers: { exactMatch: { n: 1, mean: 0 } } },
      },
      costUsd: null,
    })
    const { n, mean, ci, method, level, unscored } = summary!.scorers['exactMatch']!
    expect({ n, method, level, unscored }).toEqual({ n: 6, method: 'wilson', level: 0.95, unscored: 0 })
    expect(mean).toBeCloseTo(4 / 6, 12)
    // Wilson's interval of 4 out of 6, from his formula.
    expect(ci![0]).toBeCloseTo(0.299993, 5)
    expect(ci![1]).toBeCloseTo(0.903228, 5)
  })

  it('prints a table with n, mean and interval, and the worst samples under it', () => {
    const table = run.stderr.split('\n').map((line) => line.trim().split(/ {2,}/))
    const exact = ['exactMatch', '6', '0.667', '0.300 to 0.903', '0']
    expect(table).toContainEqual(expect.arrayContaining(['capitals', ...exact, '✓']))
    expect(table).toContainEqual(expect.arrayContaining(['levenshtein', '6', '✓✓']))
    expect(table).toContainEqual(['#europe', 'exactMatch', '3', '0.667', '0.208 to 0.939', '0'])
    expect(table).toContainEqual(expect.arrayContaining(['a single sample', 'isDone', '1', '1.000']))
    expect(run.stderr).toContain(`${ids.peru}  exactMatch 0  {"country":"Peru"}, expected Lima, got Cusco`)
    expect(run.stderr).toContain('Records: .evals/experiments/%4Dain%20path')
  })
})
