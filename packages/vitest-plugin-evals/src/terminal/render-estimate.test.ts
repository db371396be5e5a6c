import { estimateEval, type ModelUse, type SampleResult } from '@evals/core'
import { expect, test } from 'vitest'
import { plain } from './eval-summary.test-support.ts'
import { renderEstimate, type EstimatedEval, type EstimateReport } from './render-estimate.ts'

const times = { elapsedMs: 2000, sampleMs: { n: 20, mean: 1500, stderr: 75 } }

/** A pilot of 20 samples, whose samples call what `models` gives them. */
async function estimated(
  models: (index: number) => readonly ModelUse[],
  { unscored = 0, ...parts }: Partial<EstimatedEval> & { unscored?: number } = {},
): Promise<EstimatedEval> {
  const results = Array.from({ length: 20 }, (_, index): SampleResult => {
    const scored = index >= unscored
    const outcome = scored ? ('scored' as const) : ('error' as const)
    const uses = scored ? models(index) : []
    return { id: `${index}`, epoch: 0, outcome, passed: scored ? true : null, scores: {}, durationMs: 5, models: uses }
  })
  const planned = parts.planned ?? 10_000
  const estimate = await estimateEval(results, { planned, times })
  return {
    eval: 'qa.eval.ts > capitals',
    variant: { model: 'mini' },
    planned,
    samplesPerSecond: 10,
    estimate,
    ...parts,
  }
}

const task = (index: number): ModelUse => ({
  model: 'openai:mini',
  purpose: 'task',
  calls: 1,
  usage: { inputTokens: 100 + index, outputTokens: 10 + index },
  costUsd: 0.0001 * (10 + index),
})
const judge: ModelUse = { model: 'local:judge', purpose: 'score', calls: 2, usage: { inputTokens: 50 } }

const render = (evals: readonly EstimatedEval[], warnings: readonly string[] = []): string =>
  plain(renderEstimate({ evals, warnings, location: 'Records: .evals/experiments/estimate' } satisfies EstimateReport))

test('what the whole eval would take, with intervals', async () => {
  expect(render([await estimated((index) => [task(index)])])).toMatchInlineSnapshot(`
    "
     Estimate  of the whole run from a pilot · 95 % intervals

     qa.eval.ts > capitals [model=mini]  10,000 samples, from a pilot of 20
       calls   about 10,000 (the same in each sample)
       input   1.1M tokens (1.07M to 1.12M)
       output  195K tokens (167K to 223K)
       cost    $19.50 ($16.73 to $22.27)
       time    16 min 40 s (14 min 55 s to 18 min 25 s) at the pilot's 10 samples/s

     Records: .evals/experiments/estimate

    "
  `)
})

test('by model and purpose where there are several, and a price nobody knows', async () => {
  expect(render([await estimated((index) => [task(index), judge], { unscored: 3 })])).toMatchInlineSnapshot(`
    "
     Estimate  of the whole run from a pilot · 95 % intervals

     qa.eval.ts > capitals [model=mini]  10,000 samples, from a pilot of 20, without 3 of it that were not scored
       calls   about 30,000 (the same in each sample)
       input   1.61M tokens (1.58M to 1.64M)
       output  210K tokens (184K to 236K)
       cost    unknown: no price of local:judge
       time    16 min 40 s (14 min 55 s to 18 min 25 s) at the pilot's 10 samples/s
       openai:mini (task): 10,000 calls, 1.11M + 210K tokens, $21.00 ($18.40 to $23.60)
       local:judge (score): 20,000 calls, 500K + – tokens, price unknown

     Records: .evals/experiments/estimate

    "
  `)
})

test('several evals are added up', async () => {
  const evals = await Promise.all(
    ['mini', 'big'].map((model) => estimated((index) => [task(index)], { variant: { model } })),
  )
  const text = render(evals)
  expect(text.slice(text.indexOf(' All'))).toMatchInlineSnapshot(`
    " All  20,000 samples
       calls   about 20,000 (the same in each sample)
       input   2.19M tokens (2.15M to 2.23M)
       output  390K tokens (351K to 429K)
       cost    $39.00 ($35.08 to $42.92)

     Records: .evals/experiments/estimate

    "
  `)
})

test('one scored sample, and batches, have no intervals, and neither has a sum with them', async () => {
  const evals = [
    await estimated((index) => [task(index)], { eval: 'a.eval.ts > single', unscored: 19 }),
    await estimated((index) => [{ ...task(index), calls: 0.25 }], {
      eval: 'b.eval.ts > batched',
      samplesPerSecond: 0.03,
    }),
  ]
  expect(render(evals)).toMatchInlineSnapshot(`
    "
     Estimate  of the whole run from a pilot · 95 % intervals

     a.eval.ts > single [model=mini]  10,000 samples, from a pilot of 20, without 19 of it that were not scored
       calls   about 10,000
       input   about 1.19M tokens
       output  about 290K tokens
       cost    about $29.00
       time    16 min 40 s (14 min 55 s to 18 min 25 s) at the pilot's 10 samples/s
       One scored sample says nothing of how samples differ, so its figures have no intervals. Take a larger pilot.

     b.eval.ts > batched [model=mini]  10,000 samples, from a pilot of 20
       calls   about 2,500
       input   about 1.1M tokens
       output  about 195K tokens
       cost    about $19.50
       time    about 16 min 40 s at the pilot's 1.8 samples/min
       The samples of a batch share its calls and its time, so there are no intervals.

     All  20,000 samples
       calls   about 12,500
       input   about 2.29M tokens
       output  about 485K tokens
       cost    about $48.50

     Records: .evals/experiments/estimate

    "
  `)
})

test('no model call, no scored sample, answers of the cache, and other things to know', async () => {
  const cached = (index: number): ModelUse => ({ ...task(index), cached: 1, costUsd: 0 })
  const evals = [
    await estimated(() => [], { eval: 'a.eval.ts > none' }),
    await estimated(() => [], { eval: 'b.eval.ts > broken', unscored: 20 }),
    await estimated((index) => [index % 2 === 0 ? cached(index) : task(index)], {
      eval: 'c.eval.ts > cached',
      planned: 1,
    }),
  ]
  expect(render(evals, ['records/1.jsonl:3: no record'])).toMatchInlineSnapshot(`
    "
     Estimate  of the whole run from a pilot · 95 % intervals

     a.eval.ts > none [model=mini]  10,000 samples, from a pilot of 20
       calls   none was measured: tokens and cost are unknown
       time    16 min 40 s (14 min 55 s to 18 min 25 s) at the pilot's 10 samples/s

     ✗ b.eval.ts > broken [model=mini]: none of the 20 samples of the pilot was scored: nothing can be said

     c.eval.ts > cached [model=mini]  1 sample, from a pilot of 20
       calls   about 1 (the same in each sample)
       input   110 tokens (107 to 112)
       output  20 tokens (17 to 22)
       cost    $0.0010 ($0.00048 to $0.0015)
       time    100 ms (90 ms to 110 ms) at the pilot's 10 samples/s

     All  20,001 samples
       calls   unknown
       input   unknown
       output  unknown
       cost    unknown

     ! c.eval.ts > cached [model=mini]: 50 % of the pilot's calls were answered by the cache, at once and for nothing. Calls that are not will take longer and cost more.
     ! records/1.jsonl:3: no record

     Records: .evals/experiments/estimate

    "
  `)
})
