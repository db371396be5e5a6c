import { once } from 'node:events'
import { summarizeEval } from '@evals/core'
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

test('Markdown has the figures, and names stay names', async () => {
  await using folder = new CommandFolder()
  const scores = { exactMatch: { value: 1, kind: 'binary' } } as const
  await folder.experiment('a|b <i>', [
    { id: 'a', scores },
    { id: 'b', scores },
  ])
  const { exitCode, stdout } = await folder.evals(['export', 'last', '--format', 'markdown'])
  expect(exitCode).toBe(0)
  expect(stdout).toBe(String.raw`## a\|b \<i\>

Status: completed

| eval | scorer | n | mean | 95 % interval | unscored | cost |
| --- | --- | --: | --: | --- | --: | --: |
| qa.eval.ts \> capitals | exactMatch | 2 | 1.000 | 0.342 to 1.000 | 0 | – |
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
    '| qa | exactMatch | 1 | 1.000 | – | 0 | – |',
    '|  | exactMatch passAt5 | 40 | 0.900 | 0.700 to 0.950 |  |  |',
    '|  | exactMatch macroF1 | 1 | 0.750 | – |  |  |',
  ])
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
