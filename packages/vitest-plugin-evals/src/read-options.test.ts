import { describe, expect, test } from 'vitest'
import { optionNames } from './option-definitions.ts'
import { objectSource } from './option-source.ts'
import { checkOptions, optionHelp, optionsOfArguments, optionsOfEnvironment } from './read-options.ts'

const inConfig = objectSource('evals()', ['redact'])

const all = {
  experiment: 'prod',
  storage: 'json://.evals',
  resume: 'missing',
  limit: 10,
  shard: '1/2',
  shuffle: true,
  seed: -3,
  ids: ['a', 'b*'],
  tags: ['billing', '!slow'],
  epochs: 2,
  concurrency: 5,
  maxErrorRate: 0.1,
  sampleTimeout: 1000,
  maxWait: 2000,
  maxConnections: 40,
  cache: 'replay',
  traces: 'all',
  budgetUsd: 1.5,
  baseline: 'main-*',
  estimate: 20,
  models: { judge: 'openai:gpt-5', default: 'ollama:llama3' },
}

test('every option can be given in each of the three ways', () => {
  expect(Object.keys(all).toSorted()).toEqual([...optionNames].toSorted())
  expect(checkOptions(all, inConfig)).toEqual(all)
  expect(
    optionsOfEnvironment({
      EVALS_EXPERIMENT: 'prod',
      EVALS_STORAGE: 'json://.evals',
      EVALS_RESUME: 'missing',
      EVALS_LIMIT: '10',
      EVALS_SHARD: '1/2',
      EVALS_SHUFFLE: 'true',
      EVALS_SEED: '-3',
      EVALS_IDS: 'a, b*',
      EVALS_TAGS: 'billing,!slow',
      EVALS_EPOCHS: '2',
      EVALS_CONCURRENCY: '5',
      EVALS_MAX_ERROR_RATE: '0.1',
      EVALS_SAMPLE_TIMEOUT: '1e3',
      EVALS_MAX_WAIT: '2000',
      EVALS_MAX_CONNECTIONS: '40',
      EVALS_CACHE: 'replay',
      EVALS_TRACES: 'all',
      EVALS_BUDGET_USD: '1.5',
      EVALS_BASELINE: 'main-*',
      EVALS_ESTIMATE: '20',
      EVALS_MODELS: 'judge=openai:gpt-5, default=ollama:llama3',
    }),
  ).toEqual(all)
  const args =
    '--experiment prod --storage json://.evals --resume missing --limit 10 --shard 1/2 --shuffle --seed=-3 --ids a,b* --tags billing,!slow --epochs=2 --concurrency 5'
  const more =
    '--maxErrorRate 0.1 --sample-timeout 1000 --max-wait 2000 --max-connections 40 --cache replay --traces all --budget-usd 1.5 --baseline main-* --estimate 20 --models judge=openai:gpt-5,default=ollama:llama3'
  expect(optionsOfArguments([...args.split(' '), ...more.split(' ')])).toEqual(all)
})

describe('the environment', () => {
  test('of others, EVALS itself and empty variables mean nothing', () => {
    expect(
      optionsOfEnvironment({ EVALS: '1', PATH: '/bin', EVALS_LIMIT: '', EVALS_SEED: undefined, MY_EVALS_LIMIT: '1' }),
    ).toEqual({})
  })

  test.for([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
  ] as const)('EVALS_SHUFFLE=%s is %s', ([text, shuffle]) => {
    expect(optionsOfEnvironment({ EVALS_SHUFFLE: text })).toEqual({ shuffle })
  })

  test('an unknown variable is an error that names it and lists the options', () => {
    expect(() => optionsOfEnvironment({ EVALS_LIMITS: '1' })).toThrow(
      expect.objectContaining({
        code: 'EVALS_OPTION_UNKNOWN',
        message: expect.stringMatching(
          /^Unknown option "EVALS_LIMITS" in the environment\. Did you mean "EVALS_LIMIT"\?\nThe options are EVALS_EXPERIMENT, EVALS_STORAGE,/,
        ),
      }),
    )
  })

  test.for([
    [
      'EVALS_LIMIT',
      'ten',
      'The option "EVALS_LIMIT" in the environment is "ten"; it must be a whole number from 1.\nGive it such a value, as in `EVALS_LIMIT=10`, or leave it out.',
    ],
    ['EVALS_LIMIT', '0', 'is 0;'],
    ['EVALS_LIMIT', '1.5', 'is 1.5;'],
    ['EVALS_LIMIT', ' ', 'is " ";'],
    ['EVALS_EPOCHS', '-1', 'is -1;'],
    ['EVALS_SHUFFLE', 'yes', 'is "yes"; it must be true or false.'],
    ['EVALS_SEED', '0.5', 'it must be a whole number.'],
    ['EVALS_MAX_ERROR_RATE', '1.1', 'it must be a number from 0 to 1.'],
    ['EVALS_MAX_ERROR_RATE', '10%', 'is "10%"'],
    ['EVALS_SAMPLE_TIMEOUT', '5s', 'is "5s"; it must be milliseconds from 0 (no limit) to 2147483647.'],
    ['EVALS_SAMPLE_TIMEOUT', '3000000000', 'is 3000000000; it must be milliseconds from 0 (no limit) to 2147483647.'],
    ['EVALS_IDS', 'a,,b', 'it must be texts separated by commas.'],
    ['EVALS_EXPERIMENT', ' ', 'it must be a name.'],
  ] as const)('%s=%s is an error', ([name, text, message]) => {
    expect(() => optionsOfEnvironment({ [name]: text })).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining(message) }),
    )
  })
})

describe('the command line', () => {
  test('takes both spellings, = and a space, the last of two, and --no-shuffle', () => {
    expect(optionsOfArguments(['--sampleTimeout=5'])).toEqual({ sampleTimeout: 5 })
    expect(optionsOfArguments(['--limit', '1', '--limit=2'])).toEqual({ limit: 2 })
    expect(optionsOfArguments(['--no-shuffle'])).toEqual({ shuffle: false })
    expect(optionsOfArguments([])).toEqual({})
  })

  test('takes a value with --shuffle too, and one that begins with a dash', () => {
    expect(optionsOfArguments(['--shuffle=false'])).toEqual({ shuffle: false })
    expect(optionsOfArguments(['--seed', '-3', '--shuffle', '--tags', '-slow'])).toEqual({
      seed: -3,
      shuffle: true,
      tags: ['-slow'],
    })
  })

  test.for([
    [['--limits', '1'], 'Unknown option "--limits" on the command line. Did you mean "--limit"?'],
    [['--sampel-timeout=1'], 'Unknown option "--sampel-timeout" on the command line. Did you mean "--sample-timeout"?'],
    [['--no-limit'], 'Unknown option "--no-limit" on the command line.'],
    [['-x'], 'Unknown option "-x" on the command line.'],
    [['qa.eval.ts'], '"qa.eval.ts" after `--` on the command line is no option.'],
  ] as const)('%j is an error that lists what there is', ([args, what]) => {
    const read = () => optionsOfArguments(args)
    expect(read).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_UNKNOWN', message: expect.stringContaining(what) }),
    )
    expect(read).toThrow('--sample-timeout')
  })

  test.for([
    [['--limit'], '"--limit" on the command line has no value; it must be a whole number from 1.\nGive it one'],
    [['--experiment', '--shuffle'], '"--experiment" on the command line has no value; it must be a name.'],
    [
      ['--budget-usd', '-1'],
      'The option "--budget-usd" on the command line is -1; it must be a positive number of US dollars, or 0 for free calls only.\nGive it such a value, as in `--budget-usd 5`, or leave it out.',
    ],
    [['--budget-usd=1e999'], 'is Infinity;'],
    [['--shuffle=maybe'], 'is "maybe"; it must be true or false.\nGive it such a value, as in `--shuffle`,'],
    [['--models', '=openai:gpt-5'], 'is "=openai:gpt-5"; it must be roles with models'],
  ] as const)('%j is an error that says what to do', ([args, what]) => {
    expect(() => optionsOfArguments(args)).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining(what) }),
    )
  })

  const counts = ['limit', 'epochs', 'concurrency', 'maxConnections', 'estimate']
  const others = ['seed', 'maxErrorRate', 'sampleTimeout', 'maxWait', 'budgetUsd']
  const impossible = ['NaN', '', ' ', '1e999', '-1e999', 'abc', '1,5']
  test.for([
    ...[...counts, ...others].flatMap((name) => impossible.map((text) => [name, text] as const)),
    ...counts.flatMap((name) => ['0', '-1', '0.5'].map((text) => [name, text] as const)),
    ...['maxErrorRate', 'sampleTimeout', 'maxWait', 'budgetUsd'].map((name) => [name, '-1'] as const),
    ['maxErrorRate', '1.01'],
    ['seed', '0.5'],
  ] as const)('%s cannot be %j', ([name, text]) => {
    expect(() => optionsOfArguments([`--${name}=${text}`])).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', details: expect.objectContaining({ option: name }) }),
    )
  })

  test.for(others)('%s can be 0', (name) => {
    expect(optionsOfArguments([`--${name}`, '0'])).toEqual({ [name]: 0 })
  })

  test('a help text knows of each option what it takes', () => {
    expect(optionHelp.map(({ name }) => name)).toEqual(optionNames)
    expect(optionHelp).toContainEqual({
      name: 'epochs',
      flag: '--epochs',
      isBoolean: false,
      about: 'how often each sample runs',
      expected: 'a whole number from 1',
    })
  })

  test('a wrong value is an error', () => {
    expect(() => optionsOfArguments(['--limit', 'all'])).toThrow(
      expect.objectContaining({
        code: 'EVALS_OPTION_INVALID',
        message: expect.stringContaining('on the command line is "all"'),
      }),
    )
  })
})

describe('the object', () => {
  test('may leave out and unset', () => {
    expect(checkOptions({ limit: undefined }, inConfig)).toEqual({ limit: undefined })
  })

  test.for<[object, string]>([
    [{ limit: '10' }, 'is "10"; it must be a whole number'],
    [{ limit: Number.NaN }, 'it must be a whole number'],
    [{ ids: 'a' }, 'it must be texts'],
    [{ tags: [] }, 'it must be texts'],
    [{ shuffle: 1 }, 'it must be true or false'],
    [{ concurrency: null }, 'it must be a whole number'],
  ])('%j is an error', ([options, message]) => {
    expect(() => checkOptions({ ...options }, inConfig)).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining(message) }),
    )
  })

  test.for(['limits', 'toString', '__proto__x'])('%s is no option', (name) => {
    expect(() => checkOptions({ [name]: 1 }, inConfig)).toThrow(
      expect.objectContaining({
        code: 'EVALS_OPTION_UNKNOWN',
        message: expect.stringContaining('in evals()'),
      }),
    )
  })
})
