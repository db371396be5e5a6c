import { describe, expect, test } from 'vitest'
import { adjustOverRun } from './adjust-over-run.ts'
import { passing, scored, side } from './compared-result.test-support.ts'
import { judgeBaseline } from './judge-baseline.ts'

const base = side(passing(80, 100))
const [worse, better, same] = [50, 95, 80].map((passes) => side(passing(passes, 100)))
const baseline = { experiment: 'prod' }

describe('judgeBaseline', () => {
  test.for([
    ['worse', worse!, {}, false],
    ['better', better!, {}, true],
    ['inconclusive', same!, {}, true],
    ['inconclusive', side(passing(78, 100)), { gate: 'notWorse', margin: 0.01 }, false],
    ['notWorse', same!, { gate: 'notWorse', margin: 0.05 }, true],
    ['better', better!, { gate: 'notWorse', margin: 0.05 }, true],
    ['worse', worse!, { gate: 'notWorse', margin: 0.05 }, false],
  ] as const)('%s: %j', async ([verdict, other, options, passed]) => {
    const found = await judgeBaseline({ base, other }, { ...baseline, ...options })
    expect(found).toMatchObject({ experiment: 'prod', passed, scores: [{ scorer: 'exact', verdict, n: 100 }] })
    expect(found.message).toContain(`compared with "prod": exact ${found.scores[0]!.sentence}`)
    expect(found.scores[0]).not.toHaveProperty('flips')
  })

  test('names in a failure the gate that asks for more than "not found to be worse", with its margin', async () => {
    const gate = { ...baseline, gate: 'notWorse', margin: 0.01 } as const
    const missed = await judgeBaseline({ base, other: side(passing(78, 100)) }, gate)
    const facts = 'the gate notWorse with margin 0.01 is missed, compared with "prod": exact cannot tell: worse by 2.0'
    expect(missed.message.startsWith(facts)).toBe(true)
    const held = await judgeBaseline({ base, other: better! }, gate)
    expect(held.message).toMatch(/^compared with "prod": exact better by /)
    const worseThan = await judgeBaseline({ base, other: worse! }, baseline)
    expect(worseThan.message).toMatch(/^compared with "prod": exact worse by /)
  })

  test('adjusts over the scorers of the eval, and names in a failure those that fail', async () => {
    const both = (passes: number) => ({
      results: passing(100, 100).map((_, index) => scored(`s${index}`, { bad: index < passes, good: index < 80 })),
    })
    const found = await judgeBaseline({ base: both(80), other: both(60) }, baseline)
    expect(found.scores.map(({ scorer, tests, verdict }) => [scorer, tests, verdict])).toEqual([
      ['bad', 2, 'worse'],
      ['good', 2, 'inconclusive'],
    ])
    expect(found.message).toMatch(/^compared with "prod": bad worse by [^;]*; could have seen [^;]*$/)
  })

  test('says in its message what changed beside the system', async () => {
    const relabelled = side(passing(50, 100), { rowHash: 'b', fingerprints: { exact: 'f2' } })
    const labelled = side(passing(80, 100), { rowHash: 'a', fingerprints: { exact: 'f1' } })
    const found = await judgeBaseline({ base: labelled, other: relabelled }, baseline)
    expect(found).toMatchObject({ passed: false, scores: [{ changedRows: 100, scorerChanged: true }] })
    expect(found.message).toMatch(
      / ! 100 of 100 pairs have another row or label than the base: the difference may be theirs ! the scorer is not the same as in the base: the difference may be its own$/,
    )
  })

  test('a scorer that the baseline has no score of cannot fail, one that now has none can', async () => {
    const gate = { ...baseline, gate: 'notWorse', margin: 0.05 } as const
    const added = {
      results: [...Array(100).keys()].map((index) => scored(`s${index}`, { exact: index < 80, added: true })),
    }
    expect(await judgeBaseline({ base, other: added }, gate)).toMatchObject({
      passed: true,
      scores: [{ scorer: 'exact' }],
    })
    const lost = { results: [...Array(100).keys()].map((index) => scored(`s${index}`, { exact: 'failed' as const })) }
    expect(await judgeBaseline({ base, other: lost }, gate)).toMatchObject({ passed: false })
  })

  test('a baseline without the eval judges nothing', async () => {
    expect(await judgeBaseline({ base: { results: [] }, other: same! }, baseline)).toEqual({
      experiment: 'prod',
      gate: 'worse',
      passed: null,
      message: 'not compared: the baseline "prod" has no score of this eval and variant',
      scores: [],
    })
  })
})

test('adjustOverRun counts the tests of all evals: what one gate misses by chance is not worse any more', async () => {
  const slightly = await judgeBaseline({ base, other: side(passing(73, 100)) }, baseline)
  expect(slightly.scores).toMatchObject([{ pValue: 2 / 2 ** 7, verdict: 'worse' }])
  const clearly = await judgeBaseline({ base, other: worse! }, baseline)
  const unknown = await judgeBaseline({ base, other: side(Array(100).fill('failed')) }, baseline)
  const all = [slightly, slightly, slightly, slightly, clearly, unknown].flatMap(({ scores }) => scores)
  expect(adjustOverRun(all).map(({ verdict, inRun }) => [verdict, inRun?.tests, inRun?.verdict])).toEqual([
    ...Array.from({ length: 4 }, () => ['worse', 5, 'inconclusive']),
    ['worse', 5, 'worse'],
    ['inconclusive', 5, 'inconclusive'],
  ])
  expect(adjustOverRun([])).toEqual([])
})
