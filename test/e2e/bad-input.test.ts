import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const files = {
  'data/broken.jsonl': '{"q":"a"}\n{"q":\n',
  'data/broken.csv': 'q,expected\na,b\nc,d,e\n',
  'data/quotes.csv': 'q\n"a" b\n',
  'data/broken.yaml': '- q: a\n- q: [\n',
  'data/broken.json': '[{"q": "a"},]',
  'data/list.json': '[1]',
  'bad.eval.ts': `
import { describe } from 'vitest'
import { evalTest } from 'vitest-plugin-evals'
import { fromCsv, fromJson, fromJsonl, fromYaml } from 'vitest-plugin-evals/datasets'
import { exactMatch } from 'vitest-plugin-evals/scorers'

const task = ({ q }) => q
const rows = [{ id: 'a', q: 'x' }]
const scorer = (name) => ({ name, score: () => 1 })

evalTest.each([])('empty', task)
evalTest.each([])('allowed to be empty', task, { allowEmpty: true, scorers: [scorer('s')], thresholds: { s: 1 } })
evalTest.each([{ id: 'a', q: 1 }, { id: 'b', q: 1 }, { id: 'a', q: 2 }])('twice the same id', task)
evalTest.each([{ q: 1 }, 5])('row is a number', task)
evalTest.each([{ q: 1 }, null])('row is null', task)
evalTest.each([{ id: {}, q: 1 }])('id is an object', task)
evalTest.each([{ tags: [1], q: 1 }])('tags are numbers', task)
evalTest.each([{ q: 1 }])('no such column', task, { expected: 'answer' })
evalTest.each(() => { throw new Error('the database is down') })('dataset throws', task)
evalTest.each(async () => { throw new Error('the database is down') })('dataset rejects', task)
evalTest.each(async function* () { yield { q: 1 }; throw new Error('the connection broke') })('dataset breaks off', task)
evalTest.each(42)('no dataset', task)
evalTest.each(undefined)('dataset is undefined', task)
evalTest.each(() => 'text')('dataset is text', task)
evalTest.each({ rows })('wrapped dataset', task)
evalTest.each(function* () { while (true) yield { id: '1', q: 1 } })('endless', task)
evalTest.each(fromJsonl('data/missing.jsonl'))('missing file', task)
evalTest.each(fromJsonl('data/broken.jsonl'))('broken JSONL', task)
evalTest.each(fromCsv('data/broken.csv'))('broken CSV', task)
evalTest.each(fromCsv('data/quotes.csv'))('broken quotes', task)
evalTest.each(fromYaml('data/broken.yaml'))('broken YAML', task)
evalTest.each(fromJson('data/broken.json'))('broken JSON', task)
evalTest.each(fromJson('data/list.json'))('numbers in JSON', task)
evalTest.each(rows)('twins', task)
evalTest.each(rows)('twins', task)
describe('group', () => { evalTest.each(rows)('twins', task) })
evalTest.each(rows)('unknown option', task, { scorer: [] })
evalTest.each(rows)('bad option', task, { epochs: 0 })
evalTest.each(rows)('bad rate', task, { maxErrorRate: 1.5 })
evalTest.each(rows)('two scorers', task, { scorers: [scorer('s'), scorer('s')] })
evalTest.each(rows)('no scorer', task, { scorers: [undefined] })
evalTest.each(rows)('reserved scorer', task, { scorers: [scorer('latencyMs')] })
evalTest.each(rows)('no task')
evalTest.each(rows)('task is text', 'task')
evalTest.each(rows)('needs expected', task, { scorers: [exactMatch()] })
`,
  'other.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each([{ id: 'a' }])('other file', ({ id }) => id)
`,
}

const messages: Record<string, string | RegExp> = {
  empty: /0 samples: the dataset has no rows\. .*allowEmpty: true/,
  'twice the same id': /Row 3 has the id "a", which an earlier row has too\. Give each row its own id/,
  'row is a number': /Row 2 of the dataset is number; a row is an object .* or a text/,
  'row is null': /Row 2 of the dataset is null/,
  'id is an object': /Row 1 of the dataset has an `id` that is no text and no number \(object\)/,
  'tags are numbers': /Row 1 of the dataset has `tags` that are no list of texts/,
  'no such column': /Row 1 of the dataset has no column "answer", which the option `expected` names. Its columns are q/,
  'dataset throws': /The dataset failed to load: the database is down/,
  'dataset rejects': /The dataset failed to load: the database is down/,
  'dataset breaks off': /The dataset failed to load: the connection broke/,
  'no dataset': /The dataset is of type number; it must be an array, an iterable/,
  'dataset is undefined': /The dataset is of type undefined; it must be an array/,
  'dataset is text': /The dataset is of type string; it must be an array/,
  'wrapped dataset': /The dataset is of type object; it must be an array/,
  endless: /Row 2 has the id "1"/,
  'missing file': /data\/missing\.jsonl: cannot read the dataset file: it does not exist/,
  'broken JSONL': /data\/broken\.jsonl:2: expected a line of JSON/,
  'broken CSV': /data\/broken\.csv:3: expected 2 fields \(q, expected\), got 3/,
  'broken quotes': /data\/quotes\.csv:2: expected CSV/,
  'broken YAML': /data\/broken\.yaml:\d/,
  'broken JSON': /data\/broken\.json/,
  'numbers in JSON': /data\/list\.json: \[0\]: expected a row that is an object or a string, got a number/,
  'unknown option':
    /Unknown option "scorer" of an eval\. Did you mean "scorers"\? The options are allowEmpty, .*scorers/,
  'bad option': /The option "epochs" of an eval is 0; it must be a whole number from 1/,
  'bad rate': /The option "maxErrorRate" of an eval is 1\.5; it must be a number from 0 to 1/,
  'two scorers': /Two scorers of the eval are named "s"/,
  'no scorer': /Scorer 1 of the eval is neither a function nor { name, score }/,
  'reserved scorer': /A scorer cannot be named "latencyMs"/,
  'no task': /An eval needs a name and a task/,
  'task is text': /An eval needs a name and a task/,
}

describe.each(vitestMajors)('bad input on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files })
  })

  it.each(Object.entries(messages))('%s: the eval fails with what, where and what to do', (name, message) => {
    const { state, failures } = run.tests[`bad.eval.ts > ${name} > ${name} › declaration`] ?? {}
    expect(state).toBe('failed')
    expect(failures?.[0]).toMatch(message)
    expect(failures?.[0]).toMatch(/^EvalsError: /)
  })

  it('two evals of one name: the first runs, the second says so, one in a describe is another', () => {
    const states = Object.entries(statesOf(run.tests)).filter(([name]) => name.includes('twins'))
    expect(Object.fromEntries(states)).toEqual({
      'bad.eval.ts > twins > twins › a': 'passed',
      'bad.eval.ts > twins > twins › declaration': 'failed',
      'bad.eval.ts > group > twins > twins › a': 'passed',
    })
    expect(run.tests['bad.eval.ts > twins > twins › declaration']?.failures[0]).toContain(
      'bad.eval.ts declares two evals named "twins"',
    )
  })

  it('costs nothing else of the file: its other evals and files run', () => {
    const recorded = run.experiment.records.map(({ eval: key, id, outcome }) => `${key} › ${id} ${outcome}`)
    expect(recorded.toSorted()).toEqual([
      'bad.eval.ts > group > twins › a scored',
      'bad.eval.ts > needs expected › a scored',
      'bad.eval.ts > twins › a scored',
      'other.eval.ts > other file › a scored',
    ])
    const failed = Object.values(run.tests).filter(({ state }) => state === 'failed')
    expect(failed).toHaveLength(Object.keys(messages).length + 2)
    expect(run.exitCode).toBe(1)
  })

  it('names them in experiment.json, whose status tells of them, and in the report', () => {
    const { status, undeclared = [] } = run.experiment.document ?? {}
    expect(status).toBe('completed-with-errors')
    const names = [...Object.keys(messages), 'twins'].map((name) => `bad.eval.ts > ${name}`)
    expect(undeclared.map((each) => each.eval).toSorted()).toEqual(names.toSorted())
    expect(undeclared).toContainEqual({
      eval: 'bad.eval.ts > bad option',
      variant: {},
      error: {
        name: 'EvalsError',
        code: 'EVALS_OPTION_INVALID',
        message: 'The option "epochs" of an eval is 0; it must be a whole number from 1.',
      },
    })
    expect(run.stderr).toContain(
      ' ✗ bad.eval.ts > bad option: could not be declared, EVALS_OPTION_INVALID: The option "epochs"',
    )
  })

  it('are named until they can be declared', async () => {
    const source = (epochs: number): string => `
import { evalTest } from 'vitest-plugin-evals'
const test = evalTest.variants({ model: { mini: () => 'm', big: () => 'b' } })
test.each([{ id: 'a' }])('first', ({ id }) => id, { epochs: ${epochs} })
evalTest.each([{ id: 'a' }])('other', ({ id }) => id)
`
    using project = new EvalProject({ vitest, files: { 'a.eval.ts': source(0) } })
    const options = ['--experiment', 'x']
    const broken = await project.run({ options })
    expect(broken.experiment.document?.undeclared).toMatchObject([{ eval: 'a.eval.ts > first', variant: {} }])
    project.write({ 'b.eval.ts': source(1) })
    const other = await project.run({ args: ['--project', 'evals', 'b.eval.ts'], options })
    expect(other.exitCode).toBe(0)
    expect(other.experiment.document).toMatchObject({
      status: 'completed-with-errors',
      undeclared: [{ eval: 'a.eval.ts > first' }],
    })
    project.write({ 'a.eval.ts': source(1) })
    const mended = await project.run({ options })
    expect(mended.experiment.document?.status).toBe('completed')
    expect(mended.experiment.document).not.toHaveProperty('undeclared')
  })

  it('a row without the `expected` that a scorer needs names the columns it has', () => {
    const [failure] = run.tests['bad.eval.ts > needs expected > needs expected › a']?.failures ?? []
    expect(failure).toContain('The scorer "exactMatch" needs `expected`. The row has id, q: add a column `expected`')
  })

  it('an eval that allows it is green without samples', () => {
    const states = Object.entries(statesOf(run.tests)).filter(([name]) => name.includes('allowed to be empty'))
    expect(Object.fromEntries(states)).toEqual({
      'bad.eval.ts > allowed to be empty > allowed to be empty › s mean ≥ 1': 'skipped',
      'bad.eval.ts > allowed to be empty > allowed to be empty › 0 samples': 'skipped',
    })
  })
})
