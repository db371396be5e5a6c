import { expect, test } from 'vitest'
import { isAskedFor, isOnlyAskedFor } from './asked-for.ts'

function asked(parts: { argv?: string[]; EVALS?: string; projects?: string[]; name?: string }): boolean {
  const { argv = [], projects = [], name = 'evals' } = parts
  return isAskedFor(name, { argv, projects, environment: parts.EVALS === undefined ? {} : { EVALS: parts.EVALS } })
}

test('nobody asked: plain runs, filters and options of others', () => {
  for (const argv of [
    [],
    ['run'],
    ['run', 'evals'],
    ['run', 'src/retrieval.test.ts'],
    ['run', 'src/medieval'],
    ['run', 'primeval.ts'],
    ['--project', 'unit'],
    ['--project=unit', 'run'],
    ['run', '--reporter=x.eval.ts'],
    ['run', '--', '--project', 'evals'],
    ['run', '--', 'a.eval.ts'],
    ['--project'],
  ]) {
    expect([argv, asked({ argv })]).toEqual([argv, false])
  }
})

test('by the name of the project, in each form Vitest knows', () => {
  for (const argv of [
    ['--project', 'evals'],
    ['run', '--project=evals'],
    ['--project', 'unit', '--project', 'evals'],
    ['-p', 'evals'],
    ['--project', 'ev*'],
    ['--project=*'],
  ]) {
    expect([argv, asked({ argv })]).toEqual([argv, true])
  }
  expect(asked({ projects: ['evals'] })).toBe(true)
  expect(asked({ projects: ['unit', 'e*s'] })).toBe(true)
})

test('a pattern asks for what it matches whole, and characters mean themselves', () => {
  expect(asked({ argv: ['--project', 'evals'], name: 'evals:web' })).toBe(false)
  expect(asked({ argv: ['--project', 'evals:*'], name: 'evals:web' })).toBe(true)
  expect(asked({ argv: ['--project', 'e.als'] })).toBe(false)
  expect(asked({ argv: ['--project', 'a+b'], name: 'a+b' })).toBe(true)
})

test('`!unit` leaves one out, and asks for none', () => {
  expect(asked({ argv: ['--project', '!unit'] })).toBe(false)
  expect(asked({ projects: ['!unit'] })).toBe(false)
})

test('by an eval file as a filter', () => {
  for (const filter of [
    'src/qa.eval.ts',
    'qa.eval',
    'qa.eval.mts',
    'qa.eval.tsx',
    'qa.eval.js',
    String.raw`src\qa.eval.ts`,
    'qa.eval.ts:12',
  ]) {
    expect([filter, asked({ argv: ['run', filter] })]).toEqual([filter, true])
  }
})

test.for([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['false', false],
  ['', false],
] as const)('EVALS=%s: %s', ([EVALS, expected]) => {
  expect(asked({ EVALS })).toBe(expected)
})

test('by merging reports, which runs nothing', () => {
  for (const argument of ['--merge-reports', '--mergeReports', '--merge-reports=.vitest'])
    expect(asked({ argv: ['run', argument] })).toBe(true)
})

test('whether nothing but the project is asked for', () => {
  const only = (...argv: string[]): boolean => isOnlyAskedFor('evals', { argv, environment: {}, projects: [] })
  expect(only('run', '--project', 'evals')).toBe(true)
  expect(only('run')).toBe(false)
  expect(only('run', '--project', 'ev*')).toBe(false)
  expect(only('--project', 'evals', '--project=unit')).toBe(false)
  expect(only('run', '--', '--project', 'evals')).toBe(false)
})
