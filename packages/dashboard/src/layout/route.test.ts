import { expect, test } from 'vitest'
import { linkTo, parseRoute, withParams } from './route.ts'

test('a link leads to the page and values it was made of, whatever they hold', () => {
  const params = { name: 'a&b #1 / ü', key: 'qa.eval.ts > capitals [model=mini]', epoch: 2 }
  const route = parseRoute(linkTo('sample', params))
  expect(route.page).toBe('sample')
  expect(Object.fromEntries(route.params)).toEqual({ ...params, epoch: '2' })
})

test('values can be changed and taken away; empty ones are left out', () => {
  const route = parseRoute('#/samples?name=a&q=x&sort=id')
  expect(linkTo('samples', withParams(route, { q: '', sort: null, tag: 'eu' }))).toBe('#/samples?name=a&tag=eu')
})

test('a value may be repeated, and stays so when others change', () => {
  const route = parseRoute(linkTo('compare', { base: 'a', other: ['b', 'c,d'] }))
  expect(linkTo('compare', withParams(route, { id: 'x' }))).toBe('#/compare?base=a&other=b&other=c%2Cd&id=x')
})

test.each(['', '#', '#/'])('%j is the list of experiments', (hash) => {
  expect(parseRoute(hash).page).toBe('experiments')
})
