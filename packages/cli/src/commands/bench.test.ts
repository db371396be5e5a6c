import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startModelServer, type ModelServer } from '@evals/model-server'
import type { ExperimentDocument } from '@evals/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const alwaysRight = { accuracy: { a: 1, b: 1 } }
const server: ModelServer = await startModelServer(alwaysRight)
const env = {
  OPENAI_BASE_URL: `${server.url}/v1`,
  OPENAI_API_KEY: 'sk-test',
  GROQ_BASE_URL: `${server.url}/v1`,
  GROQ_API_KEY: 'gsk-test',
}
const rows = [
  { country: 'France', expected: 'Paris' },
  { country: 'Japan', expected: 'Tokyo' },
  { country: 'Italy', expected: 'Milan' },
]
const capitals = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const prompt = 'What is the capital of {{country}}? Answer with the name only.\n'
const bench = [
  'bench',
  'capitals.jsonl',
  '--models',
  'openai:a,groq:b',
  '--scorers',
  'includes,exactMatch',
  '--prompt',
  'ask.txt',
]

beforeEach(async () => {
  await server.configure(alwaysRight)
  await server.reset()
})
afterAll(() => server[Symbol.asyncDispose]())

async function answered(): Promise<number> {
  return (await server.stats()).answered
}

test('each model is asked each row, once, however often it is called', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const first = await folder.evals([...bench, '--experiment', 'exp', '--epochs', '2', '--limit', '2'], env)
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.stdout).toContain('exp · 8 samples')
  expect(first.stdout).toMatch(/ model=openai:a +includes +2 +1\.000 /)
  expect(await answered()).toBe(8)

  const whole = await folder.evals([...bench, '--experiment', 'exp', '--epochs', '2', '--json'], env)
  expect(whole).toMatchObject({ exitCode: 0 })
  expect(await answered()).toBe(12)
  const result = JSON.parse(whole.stdout) as ExperimentDocument
  expect(Object.keys(result.evals)).toEqual(['capitals [model=openai:a]', 'capitals [model=groq:b]'])
  expect(result).toMatchObject({
    experiment: 'exp',
    status: 'completed',
    evals: { 'capitals [model=openai:a]': { samples: { total: 6, scored: 6 }, scorers: { includes: { n: 3 } } } },
  })

  const again = await folder.evals([...bench, '--experiment', 'exp', '--epochs', '2'], env)
  expect(again).toMatchObject({ exitCode: 0, stderr: 'All of it is recorded already: no model is called.\n' })
  expect(await answered()).toBe(12)
})

test('a variable that a row lacks is told before any model is called', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': `${capitals}{"land":"Peru"}\n`, 'ask.txt': prompt })
  const { exitCode, stdout, stderr } = await folder.evals([...bench, '--experiment', 'exp'], env)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr)
    .toBe(`evals: Row 4 of the dataset has nothing for {{country}} of the prompt. [EVALS_DATASET_ROW_INVALID]
       Its columns are land.
`)
  expect(await answered()).toBe(0)
})

test('other formats are read, answers come from the cache, and the expected column may have another name', async () => {
  await using folder = new CommandFolder()
  const questions = [['What is the capital of France?', 'Paris']]
  folder.write({
    'qa.csv': `question,answer\n${questions.map((row) => row.join(',')).join('\n')}\n`,
    'qa.yaml': questions.map(([question, expected]) => `- question: ${question}\n  expected: ${expected}\n`).join(''),
    'qa.json': JSON.stringify(questions.map(([input, expected]) => ({ input, expected }))),
  })
  const args = ['--models', 'openai:a', '--scorers', 'includes(ignoreCase=true)', '--cache', '--json']
  const csv = await folder.evals(['bench', 'qa.csv', '--expected', 'answer', ...args], env)
  const others = await Promise.all(['qa.yaml', 'qa.json'].map((file) => folder.evals(['bench', file, ...args], env)))
  for (const { exitCode, stdout } of [csv, ...others]) {
    expect(exitCode).toBe(0)
    const { evals } = JSON.parse(stdout) as ExperimentDocument
    expect(evals['qa [model=openai:a]']).toMatchObject({ scorers: { includes: { n: 1, mean: 1 } } })
  }
  expect(await answered()).toBe(1)
})

test('calls that fail end with 1, and are told apart from wrong answers', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const { exitCode, stdout, stderr } = await folder.evals(
    [
      'bench',
      'capitals.jsonl',
      '--models',
      'openai:a',
      '--scorers',
      'includes',
      '--prompt',
      'ask.txt',
      '--experiment',
      'x',
    ],
    { OPENAI_BASE_URL: env.OPENAI_BASE_URL },
  )
  expect(exitCode).toBe(1)
  expect(stdout).toContain('of 3 samples 3 ended in an error')
  expect(stdout).toMatch(
    / Failed and unscored samples by reason\n {3}3 × EVALS_MODEL_KEY_MISSING {2}\w+: .*OPENAI_API_KEY/,
  )
  expect(stderr).toBe('All errors: evals show "x" --errors\n')
})

test.for(['0.0000001', '0'])('a budget of $%s is told as the reason, also by `evals show --errors`', async (budget) => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const models = ['--models', 'openai:gpt-5-mini', '--scorers', 'includes', '--prompt', 'ask.txt']
  const args = ['bench', 'capitals.jsonl', ...models, '--experiment', 'exp', '--budget-usd', budget]
  const { exitCode, stdout } = await folder.evals(args, env)
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/ {3}3 × EVALS_BUDGET_SPENT {2}\w+: .*does not fit into the budget/)
  const errors = await folder.evals(['show', 'exp', '--errors'])
  expect(errors.stdout).toMatch(/^3 × EVALS_BUDGET_SPENT\n/)
  expect(await answered()).toBe(0)
})

test('Ctrl+C ends it in order; the same command with the name goes on', async () => {
  await using folder = new CommandFolder()
  await server.configure({ ...alwaysRight, latencyMs: 300, maxConcurrent: 1 })
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const args = [...bench, '--experiment', 'exp', '--epochs', '4']
  const child = folder.start(args, env)
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const told = text(child.stderr)
  while ((await answered()) < 2) await sleep(50)
  child.kill('SIGINT')
  expect(await closed).toBe(130)
  expect(await told).toContain('Go on: add --experiment "exp" to the same command.\n')
  expect(await folder.json(['list'])).toMatchObject([{ experiment: 'exp', status: 'interrupted' }])
  await server.configure(alwaysRight)
  const resumed = await folder.evals(args, env)
  expect(resumed).toMatchObject({ exitCode: 0 })
  expect(await folder.json(['list'])).toMatchObject([{ experiment: 'exp', status: 'completed', samples: 24 }])
})

test.concurrent.for<[change: Record<string, string>, code: string, message: string]>([
  [{ '--models': 'opnai:a' }, 'EVALS_PROVIDER_UNKNOWN', 'Did you mean "openai"?'],
  [{ '--models': 'gpt-5' }, 'EVALS_USAGE_INVALID', '"gpt-5" is not of this form'],
  [{ '--scorers': 'exctMatch' }, 'EVALS_USAGE_INVALID', 'Did you mean "exactMatch"?'],
  [{ '--prompt': 'none.txt' }, 'EVALS_USAGE_INVALID', 'The prompt none.txt cannot be read'],
  [{ '--budget-usd': '-1' }, 'EVALS_USAGE_INVALID', 'or 0 for free calls only'],
  [{ '--budget-usd': '' }, 'EVALS_USAGE_INVALID', 'or 0 for free calls only'],
  [{ '--epochs': '0' }, 'EVALS_USAGE_INVALID', 'It must be a whole number from 1 on'],
  [{ bench: 'none.jsonl' }, 'EVALS_DATASET_UNREADABLE', 'none.jsonl'],
  [{ bench: 'rows.xml' }, 'EVALS_USAGE_INVALID', 'The ending tells the format'],
])('%j is wrong usage', async ([change, code, message]) => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const usual = {
    bench: 'capitals.jsonl',
    '--models': 'openai:a',
    '--scorers': 'includes',
    '--prompt': 'ask.txt',
    '--experiment': 'exp',
  }
  const { exitCode, stdout, stderr } = await folder.evals(Object.entries({ ...usual, ...change }).flat(), env)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(`[${code}]`)
  expect(stderr).toContain(message)
})

test('a changed prompt is noticed, and --resume says what becomes of the answers', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'capitals.jsonl': capitals, 'ask.txt': prompt })
  const args = [
    'bench',
    'capitals.jsonl',
    '--models',
    'openai:a',
    '--scorers',
    'includes',
    '--prompt',
    'ask.txt',
    '--experiment',
    'exp',
  ]
  expect(await folder.evals(args, env)).toMatchObject({ exitCode: 0 })
  folder.write({ 'ask.txt': `Please. ${prompt}` })
  const refused = await folder.evals(args, env)
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('[EVALS_EXPERIMENT_DRIFTED]') })
  expect(await answered()).toBe(3)
  expect(await folder.evals([...args, '--resume', 'restart'], env)).toMatchObject({ exitCode: 0 })
  expect(await answered()).toBe(6)
})
