import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { EvalProject, type Files, type FingerprintOptions } from './project.test-support.ts'

const base: Files = {
  'qa.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'
import './effect.ts'
import { ask } from './ask.ts'
import labels from './labels.json'
import { rows } from './rows.ts'
import persona from './persona.txt?raw'
import { lenient } from './scorers.ts'

interface Row { readonly question: string }

const inline = [{ question: 'Capital of France?', expected: 'Paris' }]
const tone = 'Be short.'

/** Adds the tone. */
function phrase(question: string): string {
  return tone + decorate(question) // as always
}
const decorate = (text: string): string => text + '!'

let port = 0
evalTest.beforeAll(() => {
  port = choosePort(8000)
})
const choosePort = (from: number): number => from + 1

const test = evalTest
  .extend('prefix', { scope: 'worker' }, () => 'Dear model,')
  .runIf(labels.length > 0)
  .variants({ model: { mini: () => 'small', big: () => 'large' }, temperature: { cold: 0 } })
const exact = ({ output, expected }: { output: string; expected: string }) => output === expected

test.each(inline)(
  'capitals',
  async ({ question }: Row, { prefix, model }: { prefix: string; model: string }): Promise<string> => {
    // The model gets a question.
    return ask(prefix + persona + phrase(question) + port, model)
  },
  { scorers: [exact, lenient(0.5)], thresholds: { exact: 0.8 } },
)

evalTest.each(rows)('echo', ({ question }: Row) => question, { expected: (row) => labels[row.id] })
evalTest.each(rows)('lazy', async ({ question }: Row) => (await import('./lazy.ts')).answer(question))
evalTest.batch(rows, { size: 8 })('batch', (rows: Row[]) => rows.map(({ question }) => decorate(question)))

evalTest.each(rows)('imported', ask, { scorers: [exact] })
evalTest.each(rows)('bound', ask.bind(null, 'x'), { scorers: [exact] })

for (const language of ['French', 'Dutch']) {
  evalTest.each(rows)(\`in \${language}\`, ({ question }: Row) => ask(question, language), { scorers: [exact] })
}

evalTest.describe('group', () => {
  const model = 'grouped'
  evalTest.beforeEach(() => port++)
  evalTest.each(rows)('grouped', ({ question }: Row) => ask(question, model))
})

function declare(model: string): void {
  evalTest.each(rows)('declared', ({ question }: Row) => ask(question, model), { scorers: [exact] })
}
declare('one')
`,
  'ask.ts': `
import { send } from './send.ts'
export const ask = (prompt: string, model: string): string => send(prompt + model)
`,
  'send.ts': `export const send = (text: string): string => text`,
  'lazy.ts': `
import { send } from './send.ts'
export const answer = (text: string): string => send(text)
`,
  'effect.ts': `process.env['EVALS_EFFECT'] = 'first'`,
  'rows.ts': `export const rows = [{ id: 0, question: 'one' }]`,
  'labels.json': `["one"]`,
  'persona.txt': 'You are a clerk.',
  'scorers.ts': `export const lenient = (least: number) => () => least`,
}

const project = await EvalProject.create(base)
afterAll(() => project.close())

const file = 'qa.eval.ts'

/** Whether the fingerprint of an eval is another after replacing a text of a file. */
async function changes(name: string, where: string, replacement: readonly [string, string]): Promise<boolean> {
  const before = await project.fingerprint(name)
  const after = await project.fingerprint(name, { replace: [[where, ...replacement]] })
  expect([before.whole, after.whole]).toEqual([false, false])
  return before.hash !== after.hash
}

describe('a task is the same after a change of', () => {
  test.for([
    ['a label', file, ['Paris', 'paris']],
    ['the number of rows', file, ["expected: 'Paris' }", "expected: 'Paris' }, { question: 'x', expected: 'y' }"]],
    ['a scorer', file, ['output === expected', 'output.includes(expected)']],
    ["a scorer's parameter", file, ['lenient(0.5)', 'lenient(0.6)']],
    ["a scorer's module", 'scorers.ts', ['() => least', '() => least * 2']],
    ['a threshold', file, ['exact: 0.8', 'exact: 0.9']],
    ['a comment in the task', file, ['The model gets a question.', 'A question for the model.']],
    ['comments and layout of what it uses', file, ['// as always', '/* most of the time */\n\n']],
    ['quotes', file, ["'Be short.'", '"Be short."']],
    ['line ends of an imported module', 'ask.ts', ["'./send.ts'\n", "'./send.ts'\r\n"]],
    ['the condition to run', file, ['labels.length > 0', 'labels.length > 1']],
    ['another eval', file, ['({ question }: Row) => question', '({ question }: Row) => question + question']],
    ['a module of another eval', 'lazy.ts', ['send(text)', 'send(text + text)']],
  ] as const)('%s', async ([, where, replacement]) => {
    expect(await changes('capitals', where, replacement)).toBe(false)
  })

  test('the order of declarations, and of imports, which Vite numbers', async () => {
    const before = await project.fingerprint('capitals')
    const replace = [
      [file, "const tone = 'Be short.'\n", ''],
      [file, "declare('one')", "const tone = 'Be short.'\ndeclare('one')"],
      [file, 'import { ask }', "import { answer } from './lazy.ts'\nimport { ask }"],
      [file, 'output === expected', 'answer(output) === expected'],
    ] as const
    expect(await project.fingerprint('capitals', { replace })).toEqual(before)
  })
})

describe('a task is another after a change of', () => {
  test.for([
    ['its body', 'capitals', file, ['prefix + persona', 'persona + prefix']],
    ['a function it uses', 'capitals', file, ['tone + decorate', 'decorate']],
    ['what that function uses', 'capitals', file, ["text + '!'", "text + '?'"]],
    ['a constant', 'capitals', file, ['Be short.', 'Be long.']],
    ['an imported module', 'capitals', 'ask.ts', ['prompt + model', 'model + prompt']],
    ['what that module imports', 'capitals', 'send.ts', ['=> text', "=> text + ''"]],
    ['an imported text', 'capitals', 'persona.txt', ['clerk', 'pirate']],
    ['a module imported for its effects', 'capitals', 'effect.ts', ['first', 'second']],
    ['a fixture', 'capitals', file, ['Dear model', 'My model']],
    ['a variant', 'capitals', file, ["'small'", "'tiny'"]],
    ['what a hook assigns', 'capitals', file, ['choosePort(8000)', 'choosePort(9000)']],
    ['what a hook calls', 'capitals', file, ['from + 1', 'from + 2']],
    ['a module that it imports itself', 'lazy', 'lazy.ts', ['send(text)', 'send(text + text)']],
    ['a task that is imported', 'imported', 'ask.ts', ['prompt + model', 'model + prompt']],
    ['what a task is bound to', 'bound', file, ["bind(null, 'x')", "bind(null, 'y')"]],
    ['the task of a batch', 'batch', file, ["text + '!'", "text + '?'"]],
    ['what a loop goes through', 'in Dutch', file, ["'French', ", "'French', 'German', "]],
    ['a constant of its describe', 'grouped', file, ["'grouped'\n", "'several'\n"]],
    ['a hook of its describe', 'grouped', file, ['port++', 'port--']],
  ] as const)('%s', async ([, name, where, replacement]) => {
    expect(await changes(name, where, replacement)).toBe(true)
  })
})

test('evals of a file have different fingerprints of 16 hex digits', async () => {
  const names = ['capitals', 'echo', 'lazy', 'batch', 'imported', 'bound', 'in Dutch', 'grouped']
  const hashes: string[] = []
  for (const name of names) hashes.push((await project.fingerprint(name)).hash)
  expect(hashes).toHaveLength(new Set(hashes).size)
  expect(hashes.filter((hash) => /^[\da-f]{16}$/.test(hash))).toEqual(hashes)
})

test("a module of rows counts where the task's prompt comes from it, too, and only there", async () => {
  expect(await changes('echo', 'rows.ts', ["'one'", "'two'"])).toBe(false)
  expect(await changes('batch', 'rows.ts', ["'one'", "'two'"])).toBe(false)
  expect(await changes('echo', 'labels.json', ['one', 'two'])).toBe(false)
  const files = {
    'qa.eval.ts': `
      import { evalTest } from 'vitest-plugin-evals'
      import { prompt, rows } from './rows.ts'
      evalTest.each(rows)('prompted', ({ question }) => prompt + question)
    `,
    'rows.ts': `export const prompt = 'Answer: '\nexport const rows = [{ question: 'one' }]`,
  }
  const replace = [['rows.ts', 'Answer', 'Reply']] as const
  const before = await project.fingerprint('prompted', { files })
  const after = await project.fingerprint('prompted', { files, replace })
  expect([before.whole, after.whole]).toEqual([false, false])
  expect(after.hash).not.toBe(before.hash)
})

test('with its variant known, a further value and a change of another one do not matter', async () => {
  const fingerprint = async (options: FingerprintOptions): Promise<string> =>
    (await project.fingerprint('capitals', { variant: { model: 'mini', temperature: 'cold' }, ...options })).hash
  const before = await fingerprint({})
  expect(await fingerprint({ replace: [[file, "'large'", "'huge'"]] })).toBe(before)
  expect(await fingerprint({ replace: [[file, 'mini:', "nano: () => 'nano', mini:"]] })).toBe(before)
  expect(await fingerprint({ replace: [[file, "'small'", "'tiny'"]] })).not.toBe(before)
  expect(await fingerprint({ replace: [[file, 'cold: 0', 'cold: 0.1']] })).not.toBe(before)
  expect(await fingerprint({ variant: { model: 'big', temperature: 'cold' } })).not.toBe(before)
})

test('where a value cannot be followed, the whole file counts with all that it imports', async () => {
  const before = await project.fingerprint('declared')
  const label = await project.fingerprint('declared', { replace: [[file, 'Paris', 'paris']] })
  const deep = await project.fingerprint('declared', { replace: [['send.ts', '=> text', "=> text + ''"]] })
  const lazy = await project.fingerprint('declared', { replace: [['lazy.ts', 'send(text)', 'send(text + text)']] })
  expect([before, label, deep, lazy].map(({ whole }) => whole)).toEqual([true, true, true, true])
  expect(new Set([before, label, deep, lazy].map(({ hash }) => hash)).size).toBe(4)
  expect(await project.fingerprint('declared')).toEqual(before)
})

test('the files are listed that it is of, the eval file by what counts of it', async () => {
  const { files: before = {} } = await project.fingerprint('lazy')
  expect(Object.keys(before).toSorted()).toEqual(['effect.ts', 'lazy.ts', file, 'send.ts'])
  const label = [file, 'Paris', 'paris'] as const
  const { files: after = {} } = await project.fingerprint('lazy', {
    replace: [label, ['lazy.ts', 'send(text)', 'send(text + text)']],
  })
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['lazy.ts'])
  expect(Object.values(after).every((hash) => /^[0-9a-f]{8}$/.test(hash))).toBe(true)
})

test('what a module imports that has no file counts', async () => {
  const virtual = await EvalProject.create(
    {
      'qa.eval.ts': `
        import { evalTest } from 'vitest-plugin-evals'
        import { prompt } from 'virtual:prompts'
        evalTest.each([])('virtual', ({ question }) => prompt + question)
      `,
      'prompt.ts': `export const prompt = 'Answer: '`,
    },
    [
      {
        name: 'prompts',
        resolveId: (id) => (id === 'virtual:prompts' ? '\0virtual:prompts' : undefined),
        load: (id) => (id === '\0virtual:prompts' ? `export { prompt } from '/prompt.ts'` : undefined),
      },
    ],
  )
  onTestFinished(() => virtual.close())
  const before = await virtual.fingerprint('virtual')
  const after = await virtual.fingerprint('virtual', { replace: [['prompt.ts', 'Answer', 'Reply']] })
  expect(Object.keys(before.files ?? {})).toEqual(['qa.eval.ts', 'prompt.ts'])
  expect(after.hash).not.toBe(before.hash)
})

test('more than 50 files are not listed', async () => {
  const chain = (modules: number) => ({
    'chain.eval.ts': `
      import { evalTest } from 'vitest-plugin-evals'
      import { ask } from './m1.ts'
      evalTest.each([])('chain', ({ question }) => ask(question))
    `,
    ...Object.fromEntries(
      Array.from({ length: modules }, (_, index) => [
        `m${index + 1}.ts`,
        index + 1 === modules ? 'export const ask = String' : `export { ask } from './m${index + 2}.ts'`,
      ]),
    ),
  })
  const options = { evalFile: 'chain.eval.ts' }
  const most = await project.fingerprint('chain', { ...options, files: chain(49) })
  expect(Object.keys(most.files ?? {})).toHaveLength(50)
  const more = await project.fingerprint('chain', { ...options, files: chain(50) })
  expect(more).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{16}$/), whole: false })
})

test('the lines of a file with JSX do not matter', async () => {
  const files = {
    'cards.eval.tsx': `/** @jsxImportSource cards */
      import { evalTest } from 'vitest-plugin-evals'
      const rows = [{ question: 'one' }]
      evalTest.each(rows)('cards', ({ question }) => <card title={question} />)
    `,
    'node_modules/cards/package.json': '{ "type": "module", "exports": { "./jsx-dev-runtime": "./index.js" } }',
    'node_modules/cards/index.js': 'export const jsxDEV = (type, props) => ({ type, props })',
  }
  const options = { evalFile: 'cards.eval.tsx', files }
  const before = await project.fingerprint('cards', options)
  const moved = await project.fingerprint('cards', {
    ...options,
    replace: [['cards.eval.tsx', "'one' }", "'one' },\n{ question: 'two' }"]],
  })
  const other = await project.fingerprint('cards', { ...options, replace: [['cards.eval.tsx', 'title=', 'text=']] })
  expect(moved).toEqual(before)
  expect([before.whole, other.whole]).toEqual([false, false])
  expect(other.hash).not.toBe(before.hash)
})
