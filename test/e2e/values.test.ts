import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const cycle = { name: 'cycle', list: [] }
cycle.list.push(cycle)
class Point { constructor(x) { this.x = x } get double() { return this.x * 2 } }

const outputs = {
  bigint: { n: 12n },
  date: new Date(0),
  map: new Map([['a', 1], [{ b: 2 }, new Set([3])]]),
  numbers: [NaN, Infinity, -Infinity, -0],
  undefined: { a: undefined, b: [undefined, null] },
  cycle,
  binary: { image: png, same: png.slice(), floats: new Float32Array([1, 2]), buffer: Buffer.from('text') },
  regexp: /a+/gi,
  url: new URL('https://example.com/a?b=c'),
  error: Object.assign(new TypeError('broke'), { code: 'E1' }),
  instance: new Point(2),
  tagged: { $date: '2026-01-01T00:00:00.000Z' },
  text: 'line\\nseparators \\u2028 and \\ud800 \\u0000 "quotes"',
  proto: JSON.parse('{"__proto__":{"x":1}}'),
  null: null,
  false: false,
  zero: 0,
  empty: '',
}

/** Looks at the value as a user would. */
function seen({ output, input, metadata }) {
  const { name } = input
  const right = {
    bigint: () => output.n === 12n,
    date: () => output instanceof Date && output.getTime() === 0,
    map: () => output instanceof Map && output.get('a') === 1 && [...output.values()][1].has(3),
    numbers: () => Number.isNaN(output[0]) && output[1] === Infinity && output[2] === -Infinity && Object.is(output[3], -0),
    undefined: () => 'a' in output && output.a === undefined && output.b[0] === undefined && output.b[1] === null,
    cycle: () => output.list[0] === output,
    binary: () => output.image instanceof Uint8Array && output.image[10] === 3 && output.floats[1] === 2 && Buffer.isBuffer(output.buffer),
    regexp: () => output.test('AA'),
    url: () => output.searchParams.get('b') === 'c',
    error: () => output instanceof Error && output.name === 'TypeError' && output.code === 'E1',
    instance: () => output.x === 2 && output.double === undefined,
    tagged: () => output.$date === '2026-01-01T00:00:00.000Z',
    proto: () => Object.hasOwn(output, '__proto__') && output.x === undefined,
  }[name] ?? (() => output === outputs[name])
  return { value: right(), metadata: { when: metadata.when instanceof Date, big: input.big } }
}

const rows = Object.keys(outputs).map((name) => ({ id: name, name, big: 9007199254740993n, metadata: { when: new Date(0) } }))
evalTest.each(rows)('values', ({ name }) => outputs[name], { scorers: [seen] })

evalTest.each([{ id: 'function' }, { id: 'nested' }, { id: 'promise' }, { id: 'getter' }, { id: 'fine' }])('lost', ({ id }) => ({
  function: () => 1,
  nested: { answer: 'kept', tools: [{ name: 'search', execute() {} }] },
  promise: { later: Promise.resolve(1) },
  getter: { get bad() { throw new Error('no') } },
  fine: 'fine',
}[id]), { scorers: [function fine() { return true }] })

evalTest.each([{ id: 'large' }])('large', () => 'x'.repeat(20_000), { scorers: [function fine() { return 1 }] })
`

describe.each(vitestMajors)('outputs on Vitest %i', (vitest) => {
  let run: EvalRun
  let records: Record<string, SampleRecord>
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'v.eval.ts': source } })
    records = Object.fromEntries(run.experiment.records.map((record) => [record.id, record]))
  })

  it('that JSON cannot hold are stored in a tagged form', () => {
    const stored = (id: string): unknown => records[id]?.output
    expect(stored('bigint')).toEqual({ n: { $bigint: '12' } })
    expect(stored('date')).toEqual({ $date: '1970-01-01T00:00:00.000Z' })
    expect(stored('map')).toEqual({
      $map: [
        ['a', 1],
        [{ b: 2 }, { $set: [3] }],
      ],
    })
    const numbers = ['NaN', 'Infinity', '-Infinity', '-0'].map((text) => ({ $number: text }))
    expect(stored('numbers')).toEqual(numbers)
    expect(stored('undefined')).toEqual({ a: { $undefined: true }, b: [{ $undefined: true }, null] })
    expect(stored('cycle')).toEqual({ name: 'cycle', list: [{ $ref: [] }] })
    expect(stored('regexp')).toEqual({ $regexp: ['a+', 'gi'] })
    expect(stored('url')).toEqual({ $url: 'https://example.com/a?b=c' })
    expect(stored('error')).toMatchObject({ $error: { name: 'TypeError', message: 'broke', code: 'E1' } })
    expect(stored('instance')).toEqual({ x: 2 })
    expect(stored('tagged')).toEqual({ $escape: { $date: '2026-01-01T00:00:00.000Z' } })
    expect(stored('text')).toBe('line\nseparators \u2028 and \ud800 \u0000 "quotes"')
    expect([stored('null'), stored('false'), stored('zero'), stored('empty')]).toEqual([null, false, 0, ''])
    expect(records['null']?.outcome).toBe('scored')
    expect(records['bigint']).toMatchObject({
      input: { name: 'bigint', big: { $bigint: '9007199254740993' } },
      metadata: { when: { $date: '1970-01-01T00:00:00.000Z' } },
    })
  })

  it('are what a scorer gets back from the record', () => {
    const seen = Object.entries(records).flatMap(([id, { scores }]) => (scores['seen'] ? [[id, scores['seen']]] : []))
    expect(seen).toHaveLength(18)
    for (const [id, score] of seen) {
      const metadata = { when: true, big: { $bigint: '9007199254740993' } }
      expect([id, score]).toEqual([id, { value: 1, kind: 'binary', metadata }])
    }
  })

  it('have their bytes in attachments, once', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
    const floats = Buffer.from(new Float32Array([1, 2]).buffer)
    const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
    const octets = { mediaType: 'application/octet-stream' }
    expect(records['binary']?.output).toEqual({
      image: { $blob: sha(png), mediaType: 'image/png', bytes: 11 },
      same: { $blob: sha(png), mediaType: 'image/png', bytes: 11 },
      floats: { $blob: sha(floats), ...octets, bytes: 8, view: 'Float32Array' },
      buffer: { $blob: sha(Buffer.from('text')), ...octets, bytes: 4, view: 'Buffer' },
    })
    expect(run.experiment.attachments).toEqual({
      [`${sha(png)}.png`]: png,
      [`${sha(floats)}.bin`]: floats,
      [`${sha(Buffer.from('text'))}.bin`]: Buffer.from('text'),
    })
  })

  it('that nothing can hold are an error that names the place, and keep the rest', () => {
    const errors = ['function', 'nested', 'promise', 'getter'].map((id) => [
      records[id]?.outcome,
      records[id]?.error?.code,
      records[id]?.error?.message.split(', ')[0],
    ])
    const code = 'EVALS_OUTPUT_UNSERIALISABLE'
    expect(errors).toEqual([
      ['error', code, '`output` is a function function'],
      ['error', code, '`output.tools[0].execute` is a function execute'],
      ['error', code, '`output.later` is a Promise'],
      ['error', code, expect.stringContaining('`output.bad` is a')],
    ])
    expect(records['nested']?.output).toEqual({
      answer: 'kept',
      tools: [{ name: 'search', execute: { $unserialisable: 'function execute' } }],
    })
    expect(records['fine']?.outcome).toBe('scored')
    expect(run.tests['v.eval.ts > lost > lost › nested']?.failures[0]).toContain('Return data from the task')
    expect(run.exitCode).toBe(1)
  })

  it("of 20 KB are in the record, and not in Vitest's memory", () => {
    expect(records['large']?.output).toBe('x'.repeat(20_000))
    const { meta } = run.tests['v.eval.ts > large > large › large'] ?? {}
    expect(meta).toEqual({
      evals: {
        id: 'large',
        epoch: 0,
        outcome: 'scored',
        passed: true,
        scores: { fine: 1 },
        durationMs: expect.any(Number),
        rowHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    })
    expect(`${run.stdout}${run.stderr}`).not.toContain('x'.repeat(200))
  })
})
