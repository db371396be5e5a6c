import { expect, test } from 'vitest'
import { makeRecord } from '../testing/make-entry.ts'
import { parseRecord } from './parse-record.ts'

test('a stored record is read as it was', () => {
  expect(parseRecord(JSON.stringify(makeRecord()))).toEqual(makeRecord())
})

test('a record of an older version is upgraded step by step', () => {
  const { tags: _, ...untagged } = makeRecord()
  const line = JSON.stringify({ ...untagged, v: -1, ms: 7 })
  const upgrades = {
    [-1]: ({ ms, ...record }: Readonly<Record<string, unknown>>) => ({ ...record, durationMs: ms }),
    0: (record: Readonly<Record<string, unknown>>) => ({ ...record, tags: [] }),
  }
  expect(parseRecord(line, upgrades)).toEqual(makeRecord({ durationMs: 7 }))
  expect(parseRecord(line, { 0: upgrades[0] })).toBe('a record of version -1, which this version does not know')
})

test.for([
  ['', 'a torn line, which is no JSON'],
  ['{"v":1', 'a torn line, which is no JSON'],
  ['null', 'no record: it has no version `v`'],
  ['[1]', 'no record: it has no version `v`'],
  ['{"v":2}', 'a record of version 2, which this version does not know'],
  ['{"v":"__proto__"}', 'a record of version __proto__, which this version does not know'],
  ['{"v":1}', 'no record: `run` is not text'],
] as const)('%s is %s', ([line, what]) => {
  expect(parseRecord(line)).toBe(what)
})

test.for([
  ['run', 1, 'text'],
  ['eval', null, 'text'],
  ['id', undefined, 'text'],
  ['epoch', '0', 'a number'],
  ['durationMs', null, 'a number'],
  ['variant', [], 'an object'],
  ['scores', null, 'an object'],
  ['usage', 1, 'an object'],
  ['calls', {}, 'a list'],
  ['tags', 'a', 'a list'],
  ['trace', undefined, 'a list'],
  ['metadata', null, 'an object'],
  ['outcome', 'done', 'an outcome'],
  ['calls', [null], 'a list of calls'],
  ['calls', [{}], 'a list of calls'],
  ['scores', { a: null }, 'an object of scores'],
  ['scores', { a: { value: '1' } }, 'an object of scores'],
  ['scores', { a: { value: null, error: { name: 'E' } } }, 'an object of scores'],
  ['scores', { a: { value: 1, metadata: null } }, 'an object of scores'],
  ['error', { name: 'E' }, 'an error with name and message'],
  ['error', null, 'an error with name and message'],
  ['failure', {}, 'a failure with a message'],
] as const)('a record whose `%s` is %j is none', ([name, value, what]) => {
  expect(parseRecord(JSON.stringify({ ...makeRecord(), [name]: value }))).toBe(`no record: \`${name}\` is not ${what}`)
})
