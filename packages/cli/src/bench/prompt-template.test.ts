import { expect, test } from 'vitest'
import { loadTemplate, parseTemplate } from './prompt-template.ts'

test('columns, parts of columns and values that are no text are put in', () => {
  const { render } = parseTemplate('{{question}} of {{ place.name }}, {{a.b}}: {{list}} {{n}} {{question}}')
  const row = { question: 'Capital $& of', place: { name: 'France' }, 'a.b': 'dotted', list: [1, 'x'], n: 0 }
  expect(render(row, 1)).toBe('Capital $& of of France, dotted: [1,"x"] 0 Capital $& of')
  expect(parseTemplate('Say {{input}}!').render('hi', 1)).toBe('Say hi!')
  expect(parseTemplate('no variable, { {a} }').render({}, 1)).toBe('no variable, { {a} }')
})

test.each([
  [
    '{{contry}}',
    { country: 'x', id: '1' },
    'nothing for {{contry}} of the prompt.\nIts columns are country, id. Did you mean "country"?',
  ],
  ['{{place.name}}', { place: null }, 'nothing for {{place.name}}'],
  ['{{toString}}', {}, 'nothing for {{toString}}'],
  ['{{}}', { a: 1 }, 'nothing for {{}}'],
  ['{{a}}', 'text', 'Its columns are input.'],
])('%s has nothing in %j', (text, row, message) => {
  expect(() => parseTemplate(text).render(row, 7)).toThrow(
    expect.objectContaining({ code: 'EVALS_DATASET_ROW_INVALID', message: expect.stringContaining(message) }),
  )
  expect(() => parseTemplate(text).render(row, 7)).toThrow(/^Row 7 of the dataset /)
})

test('without a template the row says what to ask, or nobody does', async () => {
  const { render } = await loadTemplate(undefined)
  expect(render('hi', 1)).toBe('hi')
  expect(render({ input: 'hi', other: 'x' }, 1)).toBe('hi')
  expect(render({ id: 'a', question: 'hi', expected: 'x', tags: [], metadata: {} }, 1)).toBe('hi')
  for (const row of [{ a: 'x', b: 'y' }, { input: { a: 1 } }, {}]) {
    expect(() => render(row, 2)).toThrow(/^Row 2 of the dataset does not say what to ask/)
  }
})
