import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let main: unknown

beforeAll(async () => {
  main = await measure('main', 'gpt-5')
}, 60_000)

afterAll(evals.remove)

test('the main branch is measured', () => {
  expect(main).toMatchObject({ scorers: { numericMatch: { n: 150, mean: expect.closeTo(140 / 150) } } })
})

test.concurrent('a change that made it worse fails', async () => {
  expect(await measure('worse', 'gpt-5-nano', { options: ['--baseline', 'main'], exitCode: 1 })).toMatchObject({
    scorers: { numericMatch: { n: 150, mean: expect.closeTo(120 / 150) } },
    baseline: { experiment: 'main', passed: false, scores: [{ scorer: 'numericMatch', verdict: 'worse' }] },
    verdict: false,
  })
}, 60_000)

test.concurrent('a change of which 150 samples cannot tell passes, and says what they could have seen', async () => {
  expect(await measure('other', 'gpt-5-mini', { options: ['--baseline', 'main'] })).toMatchObject({
    scorers: { numericMatch: { n: 150, mean: expect.closeTo(135 / 150) } },
    baseline: {
      experiment: 'main',
      passed: true,
      scores: [
        { scorer: 'numericMatch', verdict: 'inconclusive', sentence: expect.stringContaining('could have seen 9.1') },
      ],
    },
    verdict: true,
  })
}, 60_000)

/** The figures of a commit, whose job ends with the exit code. */
async function measure(
  experiment: string,
  model: string,
  job: { readonly options?: readonly string[]; readonly exitCode?: number } = {},
): Promise<unknown> {
  const { document } = await evals.run({ experiment, environment: { CALCULATOR_MODEL: model }, ...job })
  return document.evals['calculator.eval.ts > calculator']
}
