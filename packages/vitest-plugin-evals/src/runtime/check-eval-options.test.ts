import { expect, test } from 'vitest'
import { checkEvalOptions } from './check-eval-options.ts'

test('every option an eval has is known', () => {
  expect(() =>
    checkEvalOptions({
      allowEmpty: true,
      concurrency: 1,
      epochs: 3,
      expected: () => 1,
      id: () => 'a',
      input: () => 'a',
      limits: { tokens: 1000, turns: 8, costUsd: 0.05 },
      maxErrorRate: 0.5,
      metadata: () => ({}),
      only: () => true,
      passWhen: () => true,
      retries: 0,
      sampleTimeout: 0,
      scorers: [],
      skip: () => false,
      tags: () => [],
      thresholds: {},
      title: '$question',
    }),
  ).not.toThrow()
  expect(() => checkEvalOptions({})).not.toThrow()
})

test('an unknown one is an error that lists the known ones', () => {
  expect(() => checkEvalOptions({ epoch: 3 } as object)).toThrow(
    expect.objectContaining({
      code: 'EVALS_OPTION_UNKNOWN',
      message: expect.stringMatching(
        /^Unknown option "epoch" of an eval\. Did you mean "epochs"\? The options are allowEmpty, baseline, cluster, concurrency, epochs,/,
      ),
    }),
  )
})

test.for<[object, string]>([
  [{ epochs: 0 }, 'is 0; it must be a whole number from 1.'],
  [{ epochs: 1.5 }, 'is 1.5; it must be a whole number from 1.'],
  [{ epochs: '3' }, 'is "3"; it must be a whole number from 1.'],
  [{ concurrency: Number.POSITIVE_INFINITY }, 'is Infinity; it must be a whole number from 1.'],
  [{ retries: -1 }, 'is -1; it must be a whole number from 0.'],
  [{ sampleTimeout: Number.NaN }, 'is NaN; it must be a number from 0 to 2147483647.'],
  [{ limits: { tokens: 0 } }, '"limits.tokens" of an eval is 0; it must be a whole number from 1.'],
  [{ limits: { turns: 1.5 } }, '"limits.turns" of an eval is 1.5; it must be a whole number from 1.'],
  [{ limits: { costUsd: '1' } }, '"limits.costUsd" of an eval is "1"; it must be US dollars above 0.'],
  [{ limits: { costUsd: Number.NaN } }, '"limits.costUsd" of an eval is NaN; it must be US dollars above 0.'],
  [
    { limits: 5 },
    '"limits" of an eval is 5; it must be an object such as { tokens: 10_000, turns: 8, costUsd: 0.05 }.',
  ],
  [{ limits: [] }, '"limits" of an eval is []; it must be an object such as'],
  [{ sampleTimeout: 3e9 }, 'is 3000000000; it must be a number from 0 to 2147483647.'],
  [{ maxErrorRate: 10 }, 'is 10; it must be a number from 0 to 1.'],
])('%o is an error', ([options, message]) => {
  expect(() => checkEvalOptions(options)).toThrow(
    expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining(message) }),
  )
})

test('an unknown limit is an error that lists the known ones, and an absent one is none', () => {
  expect(() => checkEvalOptions({ limits: { timeMs: 5 } as object })).toThrow(
    expect.objectContaining({
      code: 'EVALS_OPTION_UNKNOWN',
      message: 'Unknown limit "timeMs" of an eval. The limits are tokens, turns, costUsd.',
    }),
  )
  expect(() => checkEvalOptions({ limits: { tokens: undefined } as object })).not.toThrow()
})
