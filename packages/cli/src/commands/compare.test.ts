import { makeDocument, makeRun } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

/** `n` samples of which the first `right` are right, every fourth of them tagged. */
function samples(right: number, { n = 100, more = {} }: { n?: number; more?: object } = {}) {
  return Array.from({ length: n }, (_, index) => ({
    id: `s${index}`,
    scores: { exactMatch: { value: Number(index < right), kind: 'binary' as const } },
    tags: index % 4 === 0 ? ['hard'] : [],
    ...more,
  }))
}

test('worse: the verdict first, a table, tags, flipped samples, what has no pair, and exit code 1', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('old', samples(80))
  await folder.experiment('new', [
    ...samples(50, { n: 97 }),
    { id: 's97', outcome: 'error', passed: null, scores: {}, error: { name: 'Error', message: 'no' } },
    { id: 's100', scores: { exactMatch: { value: 1, kind: 'binary' } } },
    { id: 'a', eval: 'added.eval.ts > more', scores: {} },
  ])
  const { exitCode, stdout, stderr } = await folder.evals(['compare', 'old', 'new'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
  expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    ' 1 worse  new against old',
    ' α = 0.05',
    '',
    ' eval      scorer      verdict   base  other  difference  −           0           +',
    ' capitals  exactMatch  worse    0.825  0.515      −0.309  -===o==-----|------------',
    '   #hard               worse    0.800  0.520      −0.280  =====o=====-|------------',
    '',
    expect.stringMatching(
      /^ capitals exactMatch: worse by 30\.9 points \(.*McNemar p < 0\.001, n = 97 pairs; could have seen /,
    ),
    '   30 worse: s50 (1 → 0), s51 (1 → 0), s52 (1 → 0), s53 (1 → 0), s54 (1 → 0), …',
    '   ! scored only in the base: 1 ended in an error, 2 not there',
    '   ! scored only in the other: 1 not there',
    ' ! only in new: added.eval.ts > more',
    '',
  ])
})

test('better, not worse and cannot tell are 0; --json has it all, in one document', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('old', samples(80))
  await folder.experiment('new', samples(95))
  const [better, same, margin] = await Promise.all([
    folder.evals(['compare', 'old', 'new', '--json']),
    folder.evals(['compare', 'old', 'old']),
    folder.evals(['compare', 'old', 'last', '--margin', '0.05', '--alpha', '0.01', '--adjust', 'bh', '--json']),
  ])
  expect([better.exitCode, same.exitCode, margin.exitCode]).toEqual([0, 0, 0])
  expect(JSON.parse(better.stdout)).toMatchObject({
    base: 'old',
    other: 'new',
    alpha: 0.05,
    adjustment: 'holm',
    scores: [
      {
        eval: 'qa.eval.ts > capitals',
        scorer: 'exactMatch',
        verdict: 'better',
        sentence: expect.stringMatching(/^better by 15\.0 points/),
        flips: { better: 15, worse: 0, same: 85 },
        tags: [{ tag: 'hard', n: 25 }],
      },
    ],
    onlyInBase: [],
    onlyInOther: [],
  })
  expect(same.stdout).toMatch(/^ 1 cannot tell {2}old against old\n/)
  expect(JSON.parse(margin.stdout)).toMatchObject({ margin: 0.05, alpha: 0.01, adjustment: 'benjamini-hochberg' })
})

test('what changed beside the system is told below the verdict, and in the sentence and the figures of --json', async () => {
  await using folder = new CommandFolder()
  const store = await folder.store()
  const evalName = 'qa.eval.ts > capitals'
  const write = async (name: string, records: ReturnType<typeof samples>, exactMatch: string): Promise<void> => {
    await folder.experiment(name, records)
    const document = (await store.readDocument(name))!
    const fingerprint = { revision: 0, scorers: { exactMatch } }
    await store.writeDocument({ ...document, evals: { [evalName]: { ...document.evals[evalName]!, fingerprint } } })
  }
  const relabelled = samples(60).map((sample, index) =>
    index >= 60 && index < 80 ? { ...sample, rowHash: 'fedcba9876543210' } : sample,
  )
  await write('old', samples(80), 'f1')
  await write('new', relabelled, 'f2')
  const rows = '20 of 100 pairs have another row or label than the base: the difference may be theirs'
  const scorer = 'the scorer is not the same as in the base: the difference may be its own'
  const [text, json, renamed, same] = await Promise.all([
    folder.evals(['compare', 'old', 'new']),
    folder.evals(['compare', 'old', 'new', '--json']),
    folder.evals(['compare', 'old', 'new', '--rename', `${evalName}=${evalName}`]),
    folder.evals(['compare', 'old', 'old']),
  ])
  expect(text.exitCode).toBe(1)
  expect(text.stdout).toMatch(/capitals exactMatch: worse by 20\.0 points \([^!]*\)\n/)
  expect(text.stdout).toContain(`)\n   ! ${rows}\n   ! ${scorer}\n   20 worse: `)
  expect(JSON.parse(json.stdout)).toMatchObject({
    scores: [
      { changedRows: 20, scorerChanged: true, sentence: expect.stringMatching(`^worse .* ! ${rows} ! ${scorer}$`) },
    ],
  })
  expect(renamed.stdout).toBe(text.stdout)
  expect(same.stdout).not.toContain('!')
})

test('--by compares the values of a variant two by two, adjusted together; other variants stay apart', async () => {
  await using folder = new CommandFolder()
  const store = await folder.store()
  await folder.experiment('exp', [
    ...samples(80, { more: { variant: { model: 'a', prompt: 'v1' } } }),
    ...samples(78, { more: { variant: { model: 'b', prompt: 'v1' } } }),
    ...samples(50, { more: { variant: { model: 'c', prompt: 'v1' } } }),
    ...samples(80, { more: { variant: { model: 'a', prompt: 'v2' } } }),
    { id: 'x', eval: 'qa.eval.ts > plain' },
  ])
  await store.writeDocument(makeDocument('exp', { runs: [makeRun('run')] }))
  const [json, text, none] = await Promise.all([
    folder.evals(['compare', 'exp', '--by', 'model', '--json']),
    folder.evals(['compare', 'exp', '--by', 'model']),
    folder.evals(['compare', 'exp', '--by', 'modle']),
  ])
  expect(json.exitCode).toBe(1)
  const { scores, by } = JSON.parse(json.stdout) as { scores: Record<string, unknown>[]; by: string }
  expect(by).toBe('model')
  expect(scores.map(({ variant, verdict, tests }) => [variant, verdict, tests])).toEqual([
    [{ model: 'a → b', prompt: 'v1' }, 'inconclusive', 3],
    [{ model: 'a → c', prompt: 'v1' }, 'worse', 3],
    [{ model: 'b → c', prompt: 'v1' }, 'worse', 3],
  ])
  expect(text.stdout).toContain(' 2 worse, 1 cannot tell  exp by model\n α = 0.05, Holm over 3 tests\n')
  expect(text.stdout).toContain(' capitals  a → c, prompt=v1  exactMatch  worse')
  expect(none).toMatchObject({ exitCode: 2, stdout: '' })
  expect(none.stderr).toContain('has two values of a variant "modle". Did you mean "model"?')
})

test('--rename pairs evals, files and values of variants that have other names now', async () => {
  await using folder = new CommandFolder()
  const named = (name: string, model: string) => ({ more: { eval: name, variant: { model } } })
  await folder.experiment('old', samples(80, named('old.eval.ts > qa > capitals', 'mini')))
  await folder.experiment('new', samples(80, named('new.eval.ts > qa > towns', 'small')))
  const renamed = ['--rename', 'old.eval.ts=new.eval.ts', '--rename', 'mini=small']
  const whole = ['--rename', 'new.eval.ts > qa > capitals=new.eval.ts > qa > towns']
  const [apart, both, unknown] = await Promise.all([
    folder.evals(['compare', 'old', 'new', ...renamed]),
    folder.evals(['compare', 'old', 'new', ...renamed, ...whole]),
    folder.evals(['compare', 'old', 'new', '--rename', 'old.eval.tsx=a']),
  ])
  expect(apart).toMatchObject({ exitCode: 2, stdout: '' })
  expect(apart.stderr).toContain('have no eval and variant in common')
  expect(both).toMatchObject({ exitCode: 0, stderr: '' })
  expect(both.stdout).toMatch(/qa > towns +model=small +exactMatch +cannot tell/)
  expect(unknown).toMatchObject({ exitCode: 3, stdout: '' })
  expect(unknown.stderr).toContain('is named "old.eval.tsx". Did you mean "old.eval.ts"')
})

test('--rename takes the end of a name, as tables have it, where only one eval has it', async () => {
  await using folder = new CommandFolder()
  const named = (name: string) => ({ more: { eval: name } })
  await folder.experiment('old', [
    ...samples(80, named('qa.eval.ts > europe > capitals')),
    ...samples(80, named('qa.eval.ts > asia > capitals')),
    ...samples(80, named('qa.eval.ts > asia > rivers')),
  ])
  await folder.experiment('new', [
    ...samples(80, named('qa.eval.ts > asia > streams')),
    ...samples(80, named('qa.eval.ts > asia > towns')),
  ])
  const compare = (rename: string) => folder.evals(['compare', 'old', 'new', '--rename', rename, '--json'])
  const [last, two, several, unknown] = await Promise.all([
    compare('rivers=streams'),
    compare('asia > capitals=asia > towns'),
    compare('capitals=towns'),
    compare('rivesr=streams'),
  ])
  const comparedIn = ({ stdout }: { readonly stdout: string }): string[] =>
    (JSON.parse(stdout) as { scores: { eval: string }[] }).scores.map((score) => score.eval)
  expect(comparedIn(last)).toEqual(['qa.eval.ts > asia > streams'])
  expect(comparedIn(two)).toEqual(['qa.eval.ts > asia > towns'])
  expect(several).toMatchObject({ exitCode: 2, stdout: '' })
  expect(several.stderr).toContain(
    '2 evals in "old" end with "capitals": "qa.eval.ts > europe > capitals", "qa.eval.ts > asia > capitals".',
  )
  expect(several.stderr).toContain('--rename "qa.eval.ts > europe > capitals=qa.eval.ts > europe > towns"')
  expect(unknown.exitCode).toBe(3)
  expect(unknown.stderr).toContain('Did you mean "rivers"?')
})

test('--rename makes no one eval of two; the other one can be renamed first', async () => {
  await using folder = new CommandFolder()
  const named = (name: string, model: string) => ({ more: { eval: name, variant: { model } } })
  await folder.experiment('old', [
    ...samples(80, named('qa.eval.ts > a', 'mini')),
    ...samples(20, named('qa.eval.ts > b', 'mini')),
    ...samples(20, named('qa.eval.ts > b', 'big')),
  ])
  await folder.experiment('new', samples(80, named('qa.eval.ts > b', 'mini')))
  const rename = (...renames: readonly string[]): string[] => renames.flatMap((one) => ['--rename', one])
  const [evals, values, apart] = await Promise.all([
    folder.evals(['compare', 'old', 'new', ...rename('qa.eval.ts > a=qa.eval.ts > b')]),
    folder.evals(['compare', 'old', 'new', ...rename('mini=big')]),
    folder.evals([
      'compare',
      'old',
      'new',
      ...rename('qa.eval.ts > b=qa.eval.ts > c', 'qa.eval.ts > a=qa.eval.ts > b'),
    ]),
  ])
  expect(evals).toMatchObject({ exitCode: 2, stdout: '' })
  expect(evals.stderr).toContain('"old" has "qa.eval.ts > b [model=mini]" already')
  expect(evals.stderr).toContain('--rename "qa.eval.ts > b=OTHER" --rename "qa.eval.ts > a=qa.eval.ts > b"')
  expect(values).toMatchObject({ exitCode: 2, stdout: '' })
  expect(apart).toMatchObject({ exitCode: 0, stderr: '' })
  expect(apart.stdout).toMatch(/ b +model=mini +exactMatch +cannot tell +0\.800 +0\.800/)
})

test('a wrong call is 2, an unknown experiment 3 with near names, judges that differ are refused', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('old', samples(80))
  const judged = (judge: string) => [{ id: 'a', scores: { helpful: { value: 1, metadata: { judge } } } }]
  await folder.experiment('gpt', judged('openai:gpt-5'))
  await folder.experiment('claude', judged('anthropic:claude'))
  const calls = [
    ['compare', 'old'],
    ['compare', 'old', 'gpt', '--by', 'model'],
    ['compare', 'old', 'gpt', '--alpha', '1'],
    ['compare', 'old', 'gpt', '--margin', '0'],
    ['compare', 'old', 'gpt', '--adjust', 'bonferroni'],
    ['compare', 'old', 'gpt', '--rename', 'a'],
    ['compare', 'gpt', 'claude'],
    ['compare', 'gpt', 'claude', '--allow-mixed-judges'],
    ['compare', 'old', 'olt'],
  ]
  const ended = await Promise.all(calls.map((call) => folder.evals(call)))
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 2, 2, 2, 0, 3])
  expect(ended[6]?.stderr).toContain('come from different judges (openai:gpt-5, anthropic:claude)')
  expect(ended[8]?.stderr).toContain(
    'There is no experiment "olt". [EVALS_EXPERIMENT_UNKNOWN]\n       Did you mean "old"',
  )
})

test('where the evals are the same and no sample has a score, that is what is told', async () => {
  await using folder = new CommandFolder()
  const down = { outcome: 'error', passed: null, scores: {}, error: { name: 'Error', message: 'down' } } as const
  await folder.experiment('old', [
    { id: 'a', variant: { model: 'mini' }, ...down },
    { id: 'a', variant: { model: 'big' }, ...down },
  ])
  await folder.experiment('new', [{ id: 'a', variant: { model: 'mini' }, ...down }])
  const [two, one] = await Promise.all([
    folder.evals(['compare', 'old', 'new']),
    folder.evals(['compare', 'old', '--by', 'model']),
  ])
  const message = (names: string, other: string) =>
    `evals: No sample has a score in the evals of ${names} that are compared. [EVALS_COMPARISON_INVALID]
       \`evals show ${other} --errors\` tells what failed; evals without scorers have none.
`
  expect(two).toEqual({ exitCode: 2, stdout: '', stderr: message('"old" and "new"', 'new') })
  expect(one).toEqual({ exitCode: 2, stdout: '', stderr: message('"old"', 'old') })
})
