import type { EvalSummary } from '@evals/core'
import { summarizeEval } from '@evals/core'
import { expect, test } from 'vitest'
import { readJunit } from '../../../../fixtures/junit/read-junit.ts'
import { CommandFolder } from '../evals-command.test-support.ts'

const name = 'qa.eval.ts > world > capitals'
const variant = { model: 'mini' }
const timeout = { name: 'EvalsError', code: 'EVALS_MODEL_TIMEOUT', message: 'no answer', stack: 'at "here" <there>' }

const records = [
  { id: 'a', outcome: 'error', passed: null, scores: {}, error: timeout },
  { id: 'a', scores: { exactMatch: { value: 1, kind: 'binary' }, rouge: { value: 0.25 } }, costUsd: 0.0000005 },
  {
    id: 'a',
    epoch: 1,
    passed: false,
    failure: { message: 'expected 1 to be 2' },
    scores: { assertions: { value: 0 } },
  },
  { id: 'b', outcome: 'timeout', passed: null, scores: {}, error: timeout },
  { id: 'c', passed: null, scores: { rouge: { value: null, error: { name: 'TypeError', message: 'no text' } } } },
  { id: 'd', scores: { rouge: { value: null }, exactMatch: { value: null, absent: true } } },
  { id: 'e', outcome: 'cancelled', passed: null, scores: {}, error: { name: 'AbortError', message: 'stopped' } },
  { id: 'f', passed: null, scores: { exactMatch: { value: 1 } }, failure: { message: '`passWhen` failed: no' } },
] as const

async function summary(): Promise<EvalSummary> {
  const thresholds = [
    { threshold: 'rouge mean ≥ 0.2', passed: true, value: 0.25, message: 'rouge mean ≥ 0.2: holds, found 0.25' },
    { threshold: 'rouge ciLower ≥ 0.9', passed: false, value: 0.1, message: 'rouge ciLower ≥ 0.9: missed, found 0.1' },
    { threshold: 'costUsd total ≤ 1', passed: null, value: null, message: 'costUsd total ≤ 1: judged at the merge.' },
  ]
  const message = 'baseline: compared with "main": rouge worse by 4.2 points (n = 9 pairs; could have seen 3.3 points)'
  const baseline = { experiment: 'main', gate: 'worse', passed: false, message, scores: [] } as const
  return summarizeEval({ eval: name, variant, planned: 7, scorers: [], thresholds, baseline }, [])
}

test('every sample, threshold and baseline is a test case, named as in a run, with its properties', async () => {
  await using folder = new CommandFolder()
  const entries = records.map((record) => ({ ...record, eval: name, variant }))
  await folder.experiment('exp', entries, { evals: { [`${name} [model=mini]`]: await summary() } })
  const { exitCode, stdout, stderr } = await folder.evals(['export', 'exp', '--format', 'junit'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const { counts, suites, cases } = readJunit(stdout)
  expect(suites).toEqual(['exp'])
  expect(counts).toEqual({ name: 'exp', tests: '11', failures: '3', errors: '3', skipped: '2', time: '0.087500' })
  const testCase = (title: string, properties: object, problem?: object) => ({
    classname: 'qa.eval.ts',
    name: `world > capitals > model=mini > capitals › ${title}`,
    time: expect.stringMatching(/^0(\.012500)?$/),
    properties,
    ...(problem && { problem }),
  })
  const sample = { epoch: '0', 'variant.model': 'mini', outcome: 'scored' }
  const cancelled = { ...sample, outcome: 'cancelled', id: 'e' }
  const scored = { 'score.exactMatch': '1', 'score.rouge': '0.25', costUsd: '5e-7' }
  const type = 'EVALS_MODEL_TIMEOUT'
  const [holds, missed, open] = (await summary()).thresholds.map(({ message }) => message)
  const { message } = (await summary()).baseline!
  expect(cases).toEqual([
    testCase('a', { ...sample, id: 'a', passed: 'true', ...scored }),
    testCase(
      'a #2',
      { ...sample, id: 'a', epoch: '1', passed: 'false', 'score.assertions': '0' },
      { kind: 'failure', message: 'expected 1 to be 2' },
    ),
    testCase('b', { ...sample, id: 'b', outcome: 'timeout' }, { kind: 'error', message: 'no answer', type }),
    testCase(
      'c',
      { ...sample, id: 'c', 'score.rouge': 'scorer failed' },
      { kind: 'error', message: 'scorer rouge: no text', type: 'TypeError' },
    ),
    testCase('d', {
      ...sample,
      id: 'd',
      passed: 'true',
      'score.rouge': 'not scored',
      'score.exactMatch': 'not judged',
    }),
    testCase('e', cancelled, { kind: 'skipped', message: 'stopped' }),
    testCase('f', { ...sample, id: 'f', 'score.exactMatch': '1' }, { kind: 'error', message: '`passWhen` failed: no' }),
    testCase('rouge mean ≥ 0.2', { threshold: holds, passed: 'true' }),
    testCase('rouge ciLower ≥ 0.9', { threshold: missed, passed: 'false' }, { kind: 'failure', message: missed }),
    testCase('costUsd total ≤ 1', { threshold: open }, { kind: 'skipped', message: open }),
    testCase('baseline', { baseline: message, passed: 'false' }, { kind: 'failure', message }),
  ])
  expect(stdout).toContain('type="EVALS_MODEL_TIMEOUT">at &#34;here&#34; &#60;there&#62;</error>')
})

test('what models and people wrote stays text, and what XML cannot hold becomes �', async () => {
  await using folder = new CommandFolder()
  const id = `a"'<b>&amp; ]]> -->`
  const message = 'line 1\nline\t2 ]]> </error><script>\u001B[31mred\u001B[0m \u0000\u0007\u009F \uD800 \uFFFE 日本 😀'
  await folder.experiment('exp <&"]]>', [
    { id, outcome: 'error', passed: null, scores: {}, error: { name: 'E', message, stack: message } },
    { id: 'b', scores: { 'sc"ore<': { value: 1 } } },
  ])
  const { stdout } = await folder.evals(['export', 'last', '--format', 'junit'])
  const { suites, cases } = readJunit(stdout)
  const read = 'line 1\nline\t2 ]]> </error><script>red ��� � � 日本 😀'
  expect(suites).toEqual(['exp <&"]]>'])
  expect(cases).toMatchObject([
    { name: `capitals > capitals › ${id}`, properties: { id }, problem: { kind: 'error', message: read } },
    { properties: { 'score.sc"ore<': '1' } },
  ])
  expect(stdout).not.toMatch(/\]\]>|<script>/)
})

test('an experiment without records is a file without test cases', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [], { evals: {} })
  const { stdout } = await folder.evals(['export', 'exp', '--format', 'junit'])
  expect(readJunit(stdout)).toEqual({
    counts: { name: 'exp', tests: '0', failures: '0', errors: '0', skipped: '0', time: '0.000000' },
    suites: ['exp'],
    cases: [],
  })
})

test('an eval that could not be declared is a test case, one with too many errors a property of the suite', async () => {
  await using folder = new CommandFolder()
  const facts = { eval: name, variant, planned: 2, scorers: [], maxErrorRate: 0.5 }
  const error = { id: '', epoch: 0, outcome: 'error', passed: null, scores: {}, durationMs: 1 } as const
  const failing = await summarizeEval(facts, [
    { ...error, id: 'a' },
    { ...error, id: 'b' },
  ])
  const undeclared = [{ eval: 'qa.eval.ts > lakes', variant, error: { name: 'EvalsError', code: 'E', message: 'no' } }]
  await folder.experiment('exp', [], { evals: { [`${name} [model=mini]`]: failing }, undeclared })
  const { stdout } = await folder.evals(['export', 'exp', '--format', 'junit'])
  const { counts, cases } = readJunit(stdout)
  expect(counts).toMatchObject({ tests: '1', failures: '0', errors: '1', skipped: '0' })
  expect(cases).toEqual([
    {
      classname: 'qa.eval.ts',
      name: 'lakes > model=mini > lakes › declaration',
      time: '0',
      properties: {},
      problem: { kind: 'error', message: 'no', type: 'E' },
    },
  ])
  const found = '2 of 2 samples ended in an error or a timeout, more than maxErrorRate 0.5 allows (1)'
  expect(stdout).toContain(
    `<property name="maxErrorRate" value="qa.eval.ts &#62; world &#62; capitals [model=mini]: ${found}" />`,
  )
})
