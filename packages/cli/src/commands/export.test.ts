import { once } from 'node:events'
import { summarizeEval, type EvalSummary } from '@evals/core'
import { judgeBaseline, readStoredSide, toComparedSide } from '@evals/core/stats'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const records = [
  { id: 'a', outcome: 'error', scores: {}, error: { name: 'Error', message: 'down' } },
  { id: 'a', scores: { exactMatch: { value: 1 } } },
  {
    id: 'b',
    variant: { model: 'mini' },
    output: '=1+1\n"quoted"',
    scores: { exactMatch: { value: -0.5 } },
    tags: ['x', 'y'],
  },
  { id: 'c', outcome: 'error', passed: null, scores: {}, error: { name: 'E', code: 'EVALS_X', message: '@sum' } },
] as const

test('the record that counts of each sample is exported', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  const [json, lines] = await Promise.all(
    ['json', 'jsonl'].map(async (format) => (await folder.evals(['export', 'exp', '--format', format])).stdout),
  )
  const counting = [
    { id: 'a', outcome: 'scored' },
    { id: 'b', outcome: 'scored' },
    { id: 'c', outcome: 'error' },
  ]
  expect(JSON.parse(json ?? '')).toMatchObject({
    experiment: { experiment: 'exp', status: 'completed' },
    records: counting,
  })
  expect(
    lines
      ?.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toMatchObject(counting)
})

test('CSV has a column per variant and scorer, and no formula', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  const { exitCode, stdout, stderr } = await folder.evals(['export', 'last', '--format', 'csv'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(parse(stdout, { columns: true })).toMatchObject([
    {
      id: 'a',
      outcome: 'scored',
      passed: 'true',
      input: '{"question":"Capital of France?"}',
      'score.exactMatch': '1',
      'variant.model': '',
    },
    { id: 'b', output: `'=1+1\n"quoted"`, 'score.exactMatch': '-0.5', 'variant.model': 'mini', tags: 'x,y' },
    { id: 'c', outcome: 'error', passed: '', errorCode: 'EVALS_X', errorMessage: `'@sum`, 'score.exactMatch': '' },
  ])
})

test('Markdown has the verdict and the figures, and names stay names', async () => {
  await using folder = new CommandFolder()
  const scores = { exactMatch: { value: 1, kind: 'binary' } } as const
  await folder.experiment('a|b <i>', [
    { id: 'a', scores },
    { id: 'b', scores },
  ])
  const { exitCode, stdout } = await folder.evals(['export', 'last', '--format', 'markdown'])
  expect(exitCode).toBe(0)
  expect(stdout).toBe(`## Evals: \`a|b <i>\`

**No threshold and no baseline was asked for**

2 samples · completed

| eval | scorer | n | mean | 95 % interval | unscored | p50 | p95 | cost |
| --- | --- | --: | --: | --- | --: | --: | --: | --: |
| \`qa.eval.ts > capitals\` | \`exactMatch\` | 2 | 1.000 | 0.342 to 1.000 | 0 | 13 ms | 13 ms | – |

`)
})

test('Markdown has rows for metrics below their scorer', async () => {
  await using folder = new CommandFolder()
  const interval = { lower: 0.7, upper: 0.95, method: 't', level: 0.95 }
  const metrics = { exactMatch: { passAt5: { value: 0.9, n: 40, interval }, macroF1: { value: 0.75, n: 1 } } }
  const result = {
    id: 'a',
    epoch: 0,
    outcome: 'scored',
    passed: true,
    scores: { exactMatch: 1 },
    durationMs: 1,
  } as const
  const facts = { eval: 'qa', variant: {}, planned: 1, scorers: [{ name: 'exactMatch' }], metrics }
  await folder.experiment('exp', [], { evals: { qa: await summarizeEval(facts, [result]) } })
  const { stdout } = await folder.evals(['export', 'exp', '--format', 'markdown'])
  expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
    '| `qa` | `exactMatch` | 1 | 1.000 | – | 0 | 1 ms | 1 ms | – |',
    '|  | `exactMatch passAt5` | 40 | 0.900 | 0.700 to 0.950 |  |  |  |  |',
    '|  | `exactMatch macroF1` | 1 | 0.750 | – |  |  |  |  |',
  ])
})

test('Markdown counts the failed samples of the figures: what is recorded may not be planned any more', async () => {
  await using folder = new CommandFolder()
  const failed = { passed: false, failure: { message: 'no' }, scores: {} } as const
  const result = { id: 'a', epoch: 0, outcome: 'scored', durationMs: 1, ...failed } as const
  const facts = { eval: 'qa', variant: {}, planned: 1, scorers: [] }
  const evals = { qa: await summarizeEval(facts, [result]) }
  await folder.experiment(
    'exp',
    [
      { eval: 'qa', id: 'a', ...failed },
      { eval: 'qa', id: 'gone', ...failed },
    ],
    { evals },
  )
  const { exitCode, stdout, stderr } = await folder.evals(['export', 'exp', '--format', 'markdown'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('\n**❌ 1 sample failed**\n\n1 sample · completed\n')
})

/** 40 answers of which the first `right` are right. */
const answers = (right: number) =>
  Array.from({ length: 40 }, (_, index) => ({
    id: `s${index}`,
    input: { question: `Q${index}?` },
    output: index < right ? 'right' : 'wrong | @octocat',
    scores: { exactMatch: { value: Number(index < right), kind: 'binary' as const } },
  }))

test('Markdown with --compare has the verdicts and the answers that changed', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('main', answers(30))
  await folder.experiment('pr', [
    ...answers(10),
    { id: 's40', passed: false, failure: { message: 'no' }, scores: {} },
    // Of several epochs the first one is shown.
    { ...answers(10)[10]!, epoch: 1, output: 'other' },
  ])
  const [compared, wrong, unknown] = await Promise.all([
    folder.evals(['export', 'pr', '--format', 'markdown', '--compare', 'main']),
    folder.evals(['export', 'pr', '--format', 'csv', '--compare', 'main']),
    folder.evals(['export', 'pr', '--format', 'markdown', '--compare', 'mian']),
  ])
  expect(compared).toMatchObject({ exitCode: 0, stderr: '' })
  expect(compared.stdout).toContain('\n**❌ 1 sample failed, 1 score worse**\n')
  const lines = compared.stdout.slice(compared.stdout.indexOf('### Compared with')).split('\n')
  expect(lines[0]).toBe('### Compared with `main`')
  expect(lines[4]).toMatch(
    /^\| `qa\.eval\.ts > capitals` \| `exactMatch` \| ❌ worse \| worse by 50\.0 points \(.*\) \|$/,
  )
  expect(lines.slice(6)).toEqual([
    '<details>',
    '<summary>20 samples worse</summary>',
    '',
    '`qa.eval.ts > capitals` `exactMatch`',
    '',
    '| sample | score | input | output of `main` | output now |',
    '| --- | --- | --- | --- | --- |',
    ...[10, 11, 12, 13, 14].map(
      (index) => `| \`s${index}\` | 1 → 0 | \`{"question":"Q${index}?"}\` | \`right\` | \`wrong \\| @octocat\` |`,
    ),
    '',
    '… and 15 more',
    '',
    '</details>',
    '',
    '',
  ])
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' })
  expect(wrong.stderr).toContain('--compare cannot go with --format csv')
  expect(unknown).toMatchObject({ exitCode: 3, stdout: '' })
  expect(unknown.stderr).toContain('Did you mean "main"')
})

test('Markdown of a run with a baseline has its verdicts, and the answers that changed while the baseline is there', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('main', answers(30))
  await folder.experiment('pr', answers(10))
  const store = await folder.store()
  const document = (await store.readDocument('pr'))!
  const [base, other] = await Promise.all(
    ['main', 'pr'].map(async (name) =>
      toComparedSide(await readStoredSide({ store, document: (await store.readDocument(name))! }, () => {})),
    ),
  )
  const baseline = await judgeBaseline({ base: base!, other: other! }, { experiment: 'main' })
  const [[key, summary]] = Object.entries(document.evals) as [[string, EvalSummary]]
  await store.writeDocument({ ...document, evals: { [key]: { ...summary, baseline } } })
  const before = await folder.evals(['export', 'pr', '--format', 'markdown'])
  expect(before.stdout).toContain('\n**❌ 1 of 1 gate missed, 1 score worse**\n')
  expect(before.stdout).toContain('<summary>20 samples worse</summary>')
  await store.delete('main')
  const after = await folder.evals(['export', 'pr', '--format', 'markdown'])
  expect(after.stdout).toBe(before.stdout.slice(0, before.stdout.indexOf('<details>')))
})

test('a reader that has seen enough is no failure', async () => {
  await using folder = new CommandFolder()
  await folder.experiment(
    'exp',
    Array.from({ length: 2000 }, (_, index) => ({ id: `s${index}`, output: 'x'.repeat(500) })),
  )
  const child = folder.start(['export', 'exp', '--format', 'jsonl'])
  child.stderr.setEncoding('utf8')
  let stderr = ''
  child.stderr.on('data', (text: string) => (stderr += text))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [exitCode] = await once(child, 'close')
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
