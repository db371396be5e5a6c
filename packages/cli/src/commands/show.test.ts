import { summarizeEval, type BaselineVerdict } from '@evals/core'
import { makeRun } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const timeout = { name: 'EvalsError', code: 'EVALS_MODEL_TIMEOUT', message: 'no answer\nafter 60 s' }
const records = [
  { id: 'a', scores: { exactMatch: { value: 1 } } },
  { id: 'b', outcome: 'error', passed: null, scores: {}, error: timeout },
  { id: 'c', scores: { exactMatch: { value: null, error: { name: 'TypeError', message: 'no text' } } }, passed: null },
  { id: 'd', outcome: 'error', passed: null, scores: {}, error: timeout },
  { id: 'e', outcome: 'cancelled', passed: null, scores: {}, error: { name: 'AbortError', message: 'stopped' } },
] as const

test('figures are those of the run', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  const [text, last, json] = await Promise.all([
    folder.evals(['show', 'exp']),
    folder.evals(['show', 'last', '--eval', 'capitals']),
    folder.json(['show', 'exp']),
  ])
  expect(text).toMatchObject({ exitCode: 0, stderr: '' })
  expect(text.stdout).toContain('exp · 5 samples')
  expect(text.stdout).toMatch(/capitals +exactMatch +1 +1\.000 +/)
  expect(text.stdout).toContain('of 5 samples 2 ended in an error, 1 was cancelled, 1 failed in the scorer exactMatch')
  expect(text.stdout).toContain('completed · 1 run · created 2026-01-02 03:04')
  expect(last).toEqual(text)
  expect(json).toMatchObject({
    experiment: 'exp',
    status: 'completed',
    location: '.evals/experiments/exp',
    evals: { 'qa.eval.ts > capitals': { samples: { total: 5, error: 2 }, scorers: { exactMatch: { n: 1, mean: 1 } } } },
  })
})

test('samples without a verdict are told, and what tells why', async () => {
  await using folder = new CommandFolder()
  const failure = { message: '`passWhen` failed: x is not a function.' }
  await folder.experiment('exp', [{ id: 'a' }, { id: 'b', passed: null, failure }])
  const { stdout } = await folder.evals(['show', 'exp'])
  expect(stdout).toContain(
    ' ✗ qa.eval.ts > capitals: of 2 samples 1 got no verdict, since passWhen or a scorer failed\n',
  )
  expect(stdout).toContain(' · `evals show exp --errors` tells why samples have no result or no verdict.\n')
})

test('lines that cannot be read are told on standard error', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  folder.write({ '.evals/experiments/exp/records/other-1.jsonl': '{"v":1\n' })
  const { exitCode, stdout, stderr } = await folder.evals(['show', 'exp'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('exp · 5 samples')
  expect(stderr).toMatch(/^! .*other-1\.jsonl:1: .+\n$/)
})

test('`last` is the newest experiment with a record', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('older', records, { createdAt: '2026-01-01T00:00:00.000Z' })
  await folder.experiment('aborted', [], { createdAt: '2026-02-01T00:00:00.000Z', evals: {} })
  expect(await folder.json(['show', 'last'])).toMatchObject({ experiment: 'older' })
})

test('evals that could not be declared are named, also where nothing ran; `last` is such an experiment', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('older', records, { createdAt: '2026-01-01T00:00:00.000Z' })
  const error = { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message: 'no file' }
  const undeclared = ['lakes', 'seas'].map((each) => ({ eval: `qa.eval.ts > ${each}`, variant: {}, error }))
  const parts = {
    createdAt: '2026-02-01T00:00:00.000Z',
    status: 'completed-with-errors',
    evals: {},
    undeclared,
  } as const
  await folder.experiment('broken', [], parts)
  const [errors, all, one, json, none] = await Promise.all([
    folder.evals(['show', 'last', '--errors', '--eval', 'seas']),
    folder.evals(['show', 'last']),
    folder.evals(['show', 'last', '--eval', 'seas']),
    folder.json(['show', 'last', '--eval', 'seas']),
    folder.evals(['show', 'last', '--eval', 'rivers']),
  ])
  const line = (each: string) => ` ✗ qa.eval.ts > ${each}: could not be declared, EVALS_DATASET_UNREADABLE: no file\n`
  expect(errors).toMatchObject({
    exitCode: 0,
    stdout: 'No error in 0 samples.\n1 eval could not be declared: `evals show` tells why.\n',
  })
  expect(all).toMatchObject({ exitCode: 0, stderr: '' })
  expect(all.stdout).toContain(line('lakes') + line('seas'))
  expect(all.stdout).toContain('completed-with-errors · 1 run')
  expect(one.stdout).toContain(line('seas'))
  expect(one.stdout).not.toContain('lakes')
  expect(json).toMatchObject({ experiment: 'broken', evals: {}, undeclared: [undeclared[1]] })
  expect(none).toMatchObject({ exitCode: 3, stdout: '' })
})

test('a baseline as an earlier version stored it costs only the name of its experiment', async () => {
  await using folder = new CommandFolder()
  const baseline: object = { baseline: 'main', gate: 'worse', passed: null, message: 'not compared', scores: [] }
  const facts = { eval: 'qa', variant: {}, planned: 0, scorers: [] }
  const evals = { qa: { ...(await summarizeEval(facts, [])), baseline: baseline as BaselineVerdict } }
  await folder.experiment('exp', [], { evals })
  const { exitCode, stdout, stderr } = await folder.evals(['show', 'exp'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('? qa: not compared')
})

test('charts are drawn in Unicode for a terminal with colours, else in ASCII', async () => {
  await using folder = new CommandFolder()
  const scored = Array.from({ length: 40 }, (_, index) => ({
    id: `s${index}`,
    scores: { exactMatch: { value: Number(index < 20), kind: 'binary' as const } },
    durationMs: index < 10 ? 100 : 200,
  }))
  await folder.experiment('exp', scored)
  const [plain, coloured, dumb] = await Promise.all([
    folder.evals(['show', 'exp']),
    folder.evals(['show', 'exp'], { FORCE_COLOR: '1' }),
    folder.evals(['show', 'exp'], { FORCE_COLOR: '1', TERM: 'dumb' }),
  ])
  const ascii = ' capitals  exactMatch  0 --------====o====-------- 1  100 ms -__________# 200 ms\n'
  expect(plain.stdout).toContain(` eval      scorer      mean with interval             time\n${ascii}`)
  expect(coloured.stdout).toContain('0 ────────━━━━●━━━━──────── 1  100 ms ▄▁▁▁▁▁▁▁▁▁▁█ 200 ms\n')
  expect(dumb.stdout).toContain(ascii)
})

test('of a run that goes on or was killed what is recorded so far is shown', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records, { status: 'running' })
  const [text, json] = await Promise.all([folder.evals(['show', 'exp']), folder.json(['show', 'exp'])])
  expect(text.stdout).toContain('! A run goes on, or was killed: these are the figures of what is recorded so far.')
  expect(text.stdout).toMatch(/capitals +exactMatch +1 +1\.000 +/)
  expect(json).toMatchObject({
    status: 'running',
    evals: { 'qa.eval.ts > capitals': { samples: { total: 5, scored: 2 } } },
  })
})

test('errors are counted by scorer and code', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [...records, { id: 'd', run: 'z' }])
  const [text, json] = await Promise.all([
    folder.evals(['show', 'exp', '--errors']),
    folder.json(['show', 'exp', '--errors']),
  ])
  expect(text).toEqual({
    exitCode: 0,
    stdout: `1 × EVALS_MODEL_TIMEOUT
   qa.eval.ts > capitals › b no answer after 60 s

1 × TypeError in the scorer exactMatch
   qa.eval.ts > capitals › c no text
`,
    stderr: '',
  })
  const sample = { eval: 'qa.eval.ts > capitals', variant: {}, epoch: 0 }
  expect(json).toEqual({
    experiment: 'exp',
    samples: 5,
    groups: [
      { code: timeout.code, count: 1, examples: [{ ...sample, id: 'b', message: timeout.message }] },
      { code: 'TypeError', scorer: 'exactMatch', count: 1, examples: [{ ...sample, id: 'c', message: 'no text' }] },
    ],
    problems: [],
  })
})

test('errors whose messages differ in more than values stand apart', async () => {
  await using folder = new CommandFolder()
  const failed = (id: string, message: string) => ({
    id,
    outcome: 'error' as const,
    passed: null,
    scores: {},
    error: { name: 'Error', message },
  })
  await folder.experiment('exp', [failed('a', 'no row 1'), failed('b', 'no row 2'), failed('c', 'no such town')])
  const { stdout } = await folder.evals(['show', 'exp', '--errors'])
  expect(stdout).toBe(`2 × Error
   qa.eval.ts > capitals › a no row 1
   qa.eval.ts > capitals › b no row 2

1 × Error
   qa.eval.ts > capitals › c no such town
`)
})

test('a passWhen that failed is an error, and so is one that redact deleted', async () => {
  await using folder = new CommandFolder()
  const failure = { message: '`passWhen` failed: x is not a function.' }
  await folder.experiment('exp', [
    { id: 'a', passed: null, failure },
    { id: 'b', passed: null, failure },
    { id: 'c', outcome: 'timeout', passed: null, scores: {} },
    { id: 'd' },
  ])
  const { stdout } = await folder.evals(['show', 'exp', '--errors'])
  expect(stdout).toBe(`2 × EVALS_PASS_WHEN_FAILED
   qa.eval.ts > capitals › a \`passWhen\` failed: x is not a function.
   qa.eval.ts > capitals › b \`passWhen\` failed: x is not a function.

1 × timeout
   qa.eval.ts > capitals › c why is redacted
`)
})

test('names, messages and what else is stored do not steer the terminal, with and without colours', async () => {
  await using folder = new CommandFolder()
  const bad = '\u001B[2J\u001B]0;x\u0007\r'
  const scorer = `${bad}exact`
  const [failing, ok] = [{ value: null, error: { name: 'Error', message: 'no' } }, { value: 1 }]
  const git = { commit: 'abcdef1234', branch: `${bad}main`, dirty: false }
  await folder.experiment(
    'exp',
    [
      { id: 'a', scores: { [scorer]: failing } },
      { id: 'b', scores: { [scorer]: ok } },
    ],
    { runs: [{ ...makeRun('run'), git }] },
  )
  folder.write({ [`.evals/experiments/exp/records/${bad}other-1.jsonl`]: '{"v":1\n' })
  const colours: Readonly<Record<string, string>>[] = [{}, { FORCE_COLOR: '1' }]
  const calls = colours.flatMap((env) =>
    [
      ['show', 'exp'],
      ['show', 'exp', '--errors'],
      ['show', 'exp', '--eval', bad],
    ].map((args) => folder.evals(args, env)),
  )
  const shown = (await Promise.all(calls)).map(({ stdout, stderr }) => stdout + stderr)
  expect(shown[0]).toMatch(/ exact [^]*\(main\)[^]*! .*other-1\.jsonl:1: /)
  expect(shown[1]).toContain(' in the scorer exact\n')
  expect(shown.map((text) => text.replaceAll(/\u001B\[\d+m/g, '').replaceAll(/[\n\t]/g, ''))).not.toContainEqual(
    expect.stringMatching(/\p{Cc}/u),
  )
})

test('all that is recorded of a sample is shown, without what would steer the terminal', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [
    { id: 'a', outcome: 'error', passed: null, scores: {}, error: timeout },
    {
      id: 'a',
      output: '\u001B[2Jone\u0007\ntwo',
      scores: { exactMatch: { value: 0, explanation: 'not Paris' } },
      passed: false,
    },
    { id: 'b' },
  ])
  const [text, json] = await Promise.all([
    folder.evals(['show', 'exp', '--sample', 'a']),
    folder.json(['show', 'exp', '--sample', 'a']),
  ])
  expect(text).toMatchObject({ exitCode: 0, stderr: '' })
  expect(text.stdout).toMatch(/capitals › a {2}\(a newer record counts\)\n error · /)
  expect(text.stdout).toMatch(/\n scored · failed · /)
  expect(text.stdout).toMatch(/output +one\n +two\n/)
  expect(text.stdout).toContain('not Paris')
  expect(json).toMatchObject({
    experiment: 'exp',
    sample: 'a',
    records: [
      { counts: false, record: { id: 'a', outcome: 'error' } },
      { counts: true, record: { id: 'a', outcome: 'scored' } },
    ],
    problems: [],
  })
})

test.concurrent.for<[args: string, code: string, message: string]>([
  ['show ep', 'EVALS_EXPERIMENT_UNKNOWN', 'Did you mean "exp"?'],
  ['show whatever', 'EVALS_EXPERIMENT_UNKNOWN', 'There is only "exp".'],
  ['show exp --eval capitls', 'EVALS_EVAL_UNKNOWN', 'Did you mean "capitals"?'],
  ['show exp --sample frence', 'EVALS_SAMPLE_UNKNOWN', 'Did you mean "france"?'],
  ['show exp --errors --eval nothing', 'EVALS_EVAL_UNKNOWN', 'shows all'],
  ['show last --storage json://empty', 'EVALS_EXPERIMENT_UNKNOWN', '`evals run` makes one'],
])('%s finds nothing', async ([args, code, message]) => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [{}])
  const { exitCode, stdout, stderr } = await folder.evals(args.split(' '))
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
  expect(stderr).toContain(code)
  expect(stderr).toContain(message)
  expect(stderr.trimEnd().split('\n')).toHaveLength(2)
})

test('a line that is no record is told and costs only itself', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  folder.write({ '.evals/experiments/exp/records/z-1.jsonl': '{"v":1,' })
  const { exitCode, stdout, stderr } = await folder.evals(['show', 'exp', '--errors'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('2 × EVALS_MODEL_TIMEOUT')
  expect(stderr).toMatch(/^! .*z-1\.jsonl:1: .*\n$/)
})
