import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, judgeSample, valueOf } from '../judge.test-support.ts'
import { toolCalls } from './tool-calls.ts'
import { trajectory } from './trajectory.ts'

test('declare how their values are read', () => {
  for (const [name, factory] of Object.entries({ toolCalls, trajectory })) {
    expect(factory()).toMatchObject({ name, kind: 'binary', range: [0, 1], direction: 'higher', needsExpected: true })
    expect(factory({ partialCredit: true })).toMatchObject({ kind: 'graded', range: [0, 1] })
  }
})

const lima = { name: 'weather', arguments: { city: 'Lima' } }
const cusco = { name: 'weather', arguments: { city: 'Cusco' } }

describe('toolCalls', () => {
  test.for([
    [[lima, cusco], [cusco, lima], {}, 1],
    [[lima, cusco], [cusco, lima], { mode: 'ordered' }, 0],
    [[lima, cusco], [lima, cusco], { mode: 'ordered' }, 1],
    [[lima, cusco], [lima], {}, 0],
    [[lima, cusco], [lima], { mode: 'subset' }, 1],
    [[lima], [lima, cusco], { mode: 'subset' }, 0],
    [[lima], [lima, lima], {}, 0],
    [[], [], {}, 1],
    [[lima], cusco, { arguments: 'ignore' }, 1],
    [[{ name: 'f', arguments: { a: 1, b: 2 } }], [{ name: 'f', arguments: { a: 1 } }], { arguments: 'partial' }, 1],
    [[{ name: 'f', arguments: { a: 1, b: 2 } }], [{ name: 'f', arguments: { a: 1 } }], {}, 0],
    [[{ name: 'f', arguments: '{"a": 1}' }], [{ name: 'f', arguments: { a: 1 } }], {}, 1],
    [[{ name: 'f', arguments: '{"a": ' }], [{ name: 'f', arguments: {} }], {}, 0],
    [[{ function: lima, id: 'call_1', type: 'function' }], [lima], {}, 1],
    [['weather'], [{ name: 'weather' }], {}, 1],
    [[{ name: 'f', arguments: '' }], [{ name: 'f', arguments: {} }], {}, 1],
    [[{ name: 'f', arguments: null }], ['f'], {}, 1],
    [[{ function: { name: 'f', arguments: 'null' } }], [{ name: 'f', arguments: '{}' }], {}, 1],
    [['f'], [{ name: 'f', arguments: { unit: 'C' } }], { defaults: { f: { unit: 'C' } } }, 1],
    [[{ name: 'f', arguments: '' }], [{ name: 'f', arguments: { a: ['', 1] } }], { arguments: 'anyOf' }, 1],
    [[{ name: 'f', arguments: '' }], [{ name: 'f', arguments: { a: 1 } }], {}, 0],
    [
      [{ name: 'f', arguments: { a: 2 } }],
      [{ name: 'f', arguments: { a: [1, 2], b: ['', 5] } }],
      { arguments: 'anyOf' },
      1,
    ],
    [[{ name: 'f', arguments: { a: 3 } }], [{ name: 'f', arguments: { a: [1, 2] } }], { arguments: 'anyOf' }, 0],
    [[{ name: 'f', arguments: {} }], [{ name: 'f', arguments: { a: [1, 2] } }], { arguments: 'anyOf' }, 0],
    [[{ name: 'f', arguments: { a: 1, c: 1 } }], [{ name: 'f', arguments: { a: [1] } }], { arguments: 'anyOf' }, 0],
    [[lima], [{ ...lima, arguments: { city: 'Lima', unit: 'C' } }], { defaults: { weather: { unit: 'C' } } }, 1],
    [null, [], {}, 1],
  ] as const)('%j against %j with %j: %i', async ([output, expected, options, value]) => {
    expect(await valueOf(toolCalls(options), output, expected)).toBe(value)
  })

  test('an ambiguous call is paired so that most fit', async () => {
    const [loose, strict] = [
      { name: 'f', arguments: {} },
      { name: 'f', arguments: { a: 1 } },
    ]
    const made = [strict, { name: 'f', arguments: { b: 1 } }]
    expect(await valueOf(toolCalls({ arguments: 'partial' }), made, [loose, strict])).toBe(1)
  })

  test('partial credit is F1, with subset recall', async () => {
    const details = {
      explanation: '1 of 2 expected, 1 made',
      metadata: { precision: 1, recall: 0.5, f1: 2 / 3 },
    }
    expect(await judge(toolCalls({ partialCredit: true }), [lima], [lima, cusco])).toEqual({ value: 2 / 3, ...details })
    const subset = toolCalls({ partialCredit: true, mode: 'subset' })
    expect(await judge(subset, [lima], [lima, cusco])).toEqual({ value: 0.5, ...details })
  })

  test('calls come from the output, its toolCalls, the trace, or the option', async () => {
    const expected = [lima]
    const trace = [{ type: 'tool', atMs: 1, name: 'weather', arguments: { city: 'Lima' } }] as const
    expect(await judgeSample(toolCalls(), { output: { toolCalls: [lima] }, expected })).toMatchObject({ value: 1 })
    expect(await judgeSample(toolCalls(), { output: 'It is foggy.', trace, expected })).toMatchObject({ value: 1 })
    const scorer = toolCalls({ calls: ({ metadata }) => metadata['calls'] as (typeof lima)[] })
    expect(await judgeSample(scorer, { metadata: { calls: [lima] }, expected })).toMatchObject({ value: 1 })
  })

  test('what is no call, and too many of them, are errors', async () => {
    await expect(async () => judge(toolCalls(), [{ tool: 'x' }], [lima])).rejects.toMatchObject({
      code: 'EVALS_SCORER_FAILED',
      message: expect.stringContaining('a tool call must be a name or { name, arguments }'),
    })
    const many = Array.from({ length: 1001 }, () => 'a')
    await expect(async () => judge(toolCalls(), many, many)).rejects.toThrow(/1,002,001 pairs of steps/)
    await expect(async () => judge(toolCalls(), [])).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
  })
})

describe('trajectory', () => {
  test.for([
    [['a', 'b', 'c'], ['a', 'c'], {}, 1],
    [['c', 'a'], ['a', 'c'], {}, 0],
    [['c', 'a', 'x'], ['a', 'c'], { mode: 'anyOrder' }, 1],
    [['a', 'c'], ['a', 'c'], { mode: 'exact' }, 1],
    [['a', 'b', 'c'], ['a', 'c'], { mode: 'exact' }, 0],
    [['c', 'a'], ['a', 'c'], { partialCredit: true }, 1 / 2],
    [['a', 'b', 'c'], ['a', 'c'], { mode: 'exact', partialCredit: true }, 4 / 5],
    [[], ['a'], { partialCredit: true }, 0],
  ] as const)('%j against %j with %j: %d', async ([output, expected, options, value]) => {
    expect(await valueOf(trajectory(options), output, expected)).toBeCloseTo(value, 12)
  })

  test('steps can be found elsewhere', async () => {
    const trace = [
      { type: 'span', atMs: 1, name: 'plan', durationMs: 1 },
      { type: 'log', atMs: 2, values: [] },
      { type: 'span', atMs: 3, name: 'act', durationMs: 1 },
    ] as const
    const scorer = trajectory({
      mode: 'exact',
      steps: (sample) => sample.trace.flatMap((step) => (step.type === 'span' ? [step.name] : [])),
    })
    expect(await judgeSample(scorer, { trace, expected: ['plan', 'act'] })).toMatchObject({ value: 1 })
  })

  test('expected steps are names', async () => {
    await expect(async () => judge(trajectory(), [], [])).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
    await expect(async () => judge(trajectory(), [], [{}])).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
  })
})

const steps = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })

test('grades lie in [0, 1]; order only ever costs; all or nothing is a grade of 1', async () => {
  const modes = [
    [toolCalls({ partialCredit: true, mode: 'ordered' }), toolCalls({ mode: 'ordered' })],
    [toolCalls({ partialCredit: true }), toolCalls()],
    [toolCalls({ partialCredit: true, mode: 'subset' }), toolCalls({ mode: 'subset' })],
  ] as const
  await fc.assert(
    fc.asyncProperty(steps, steps, async (made, wanted) => {
      const grades: number[] = []
      for (const [graded, binary] of modes) {
        const grade = Number(await valueOf(graded, made, wanted))
        expect(grade).toBeGreaterThanOrEqual(0)
        expect(grade).toBeLessThanOrEqual(1)
        expect(await valueOf(binary, made, wanted)).toBe(grade === 1 ? 1 : 0)
        expect(await valueOf(binary, made, made)).toBe(1)
        grades.push(grade)
      }
      expect(grades[0]).toBeLessThanOrEqual(grades[1]!)
      expect(await valueOf(modes[1][0], made.toReversed(), wanted)).toBeCloseTo(grades[1]!, 12)
    }),
  )
})
