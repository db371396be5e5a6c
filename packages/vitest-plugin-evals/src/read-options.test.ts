import { describe, expect, test } from 'vitest'
import { checkOptions, optionNames, optionsOfArguments, optionsOfEnvironment } from './read-options.ts'

const all = {
  experiment: 'prod',
  storage: 'json://.evals',
  limit: 10,
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
  estimate: 20,
  models: { judge: 'openai:gpt-5', default: 'ollama:llama3' },
}

test('every option can be given in each of the three ways', () => {
  expect(Object.keys(all).toSorted()).toEqual([...optionNames].toSorted())
  expect(checkOptions(all, 'evals()')).toEqual(all)
  expect(
    optionsOfEnvironment({
      EVALS_EXPERIMENT: 'prod',
      EVALS_STORAGE: 'json://.evals',
      EVALS_LIMIT: '10',
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
      EVALS_ESTIMATE: '20',
      EVALS_MODELS: 'judge=openai:gpt-5, default=ollama:llama3',
    }),
  ).toEqual(all)
  const args =
    '--experiment prod --storage json://.evals --limit 10 --shuffle --seed=-3 --ids a,b* --tags billing,!slow --epochs=2 --concurrency 5'
  const more =
    '--maxErrorRate 0.1 --sample-timeout 1000 --max-wait 2000 --max-connections 40 --cache replay --traces all --budget-usd 1.5 --estimate 20 --models judge=openai:gpt-5,default=ollama:llama3'
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
          /"limits" in the environment variable EVALS_LIMITS\. The options are experiment, storage, limit,/,
        ),
      }),
    )
  })

  test.for([
    ['EVALS_LIMIT', 'ten', 'The option "limit" in the environment is "ten"; it must be a whole number from 1.'],
    ['EVALS_LIMIT', '0', 'is 0;'],
    ['EVALS_LIMIT', '1.5', 'is 1.5;'],
    ['EVALS_LIMIT', ' ', 'is " ";'],
    ['EVALS_EPOCHS', '-1', 'is -1;'],
    ['EVALS_SHUFFLE', 'yes', 'is "yes"; it must be true or false.'],
    ['EVALS_SEED', '0.5', 'it must be a whole number.'],
    ['EVALS_MAX_ERROR_RATE', '1.1', 'it must be a number from 0 to 1.'],
    ['EVALS_MAX_ERROR_RATE', '10%', 'is "10%"'],
    ['EVALS_SAMPLE_TIMEOUT', '5s', 'is "5s"; it must be milliseconds from 0.'],
    ['EVALS_SAMPLE_TIMEOUT', '3000000000', 'it must be milliseconds from 0.'],
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

  test.for([[['--limits', '1']], [['-x']], [['qa.eval.ts']], [['--shuffle=true']], [['--limit']]])(
    '%j is an error that lists what there is',
    ([args]) => {
      expect(() => optionsOfArguments(args!)).toThrow(
        expect.objectContaining({ code: 'EVALS_OPTION_UNKNOWN', message: expect.stringContaining('--sample-timeout') }),
      )
    },
  )

  test('a wrong value is an error', () => {
    expect(() => optionsOfArguments(['--limit', 'all'])).toThrow(
      expect.objectContaining({
        code: 'EVALS_OPTION_INVALID',
        message: expect.stringContaining('in the command line is "all"'),
      }),
    )
  })
})

describe('the object', () => {
  test('may leave out and unset', () => {
    expect(checkOptions({ limit: undefined }, 'evals()')).toEqual({ limit: undefined })
  })

  test.for<[object, string]>([
    [{ limit: '10' }, 'is "10"; it must be a whole number'],
    [{ limit: Number.NaN }, 'it must be a whole number'],
    [{ ids: 'a' }, 'it must be texts'],
    [{ tags: [] }, 'it must be texts'],
    [{ shuffle: 1 }, 'it must be true or false'],
    [{ concurrency: null }, 'it must be a whole number'],
  ])('%j is an error', ([options, message]) => {
    expect(() => checkOptions({ ...options }, 'evals()')).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining(message) }),
    )
  })

  test.for(['limits', 'toString', '__proto__x'])('%s is no option', (name) => {
    expect(() => checkOptions({ [name]: 1 }, 'evals()')).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_UNKNOWN' }),
    )
  })
})
