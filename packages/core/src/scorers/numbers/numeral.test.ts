import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastNumeral, wholeNumeral } from './numeral.ts'

test.for([
  ['42', '42'],
  ['007', '007'],
  ['\t100\n', '100'],
  ['-42', '-42'],
  ['−42', '-42'],
  ['+4.50', '4.50'],
  ['.5', '0.5'],
  ['42.', '42'],
  ['1.23e3', '1.23e3'],
  ['1E−3', '1e-3'],
  ['1,234', '1234'],
  ['1,234,567.89', '1234567.89'],
  ['1 234.56', '1234.56'],
  ['1\u202F234\u202F567', '1234567'],
  ["1'234", '1234'],
  ['１２３', '123'],
  ['$5', '5'],
  ['-$5', '-5'],
  ['$-5', '-5'],
  ['€ 3,000', '3000'],
  ['3.50 €', '3.50'],
  ['￥100', '100'],
  ['50%', '50'],
  ['50 %', '50'],
  ['½', '1/2'],
  ['2½', '2 1/2'],
  ['2 ½', '2 1/2'],
  ['-3/4', '-3/4'],
  ['2 1/2', '2 1/2'],
] as const)('the whole of %j is %s', ([text, plain]) => {
  expect(wholeNumeral(text)?.plain).toBe(plain)
  expect(wholeNumeral(text)?.value).toBeDefined()
})

test.for([
  '',
  ' ',
  'abc',
  '3 4',
  '- 42',
  '--4',
  '-$-4',
  '1,23',
  '12,34',
  '1,2345',
  '0,123',
  '1.234,56',
  '1,234 567',
  '1_000',
  '1.2.3',
  '5 some text',
  '5kg',
  '4k',
  '10^3',
  '10²',
  '10⁻³',
  '1/0',
  '1/2/2026',
  'NaN',
  'Infinity',
  '0x1F',
  '1e',
  '1e1000',
  '2026-08-22',
  `1${'0'.repeat(2000)}`,
])('%j is not one number', (text) => {
  expect(wholeNumeral(text)).toBeUndefined()
})

test.for([
  ['28 + 32 = 60\nThis solves the problem.', '60'],
  ['28 + 32 = 60%', '60'],
  ['The total is $1,234.50.', '1234.50'],
  ['the result is -5 exactly', '-5'],
  ['pi is approximately 33.14', '33.14'],
  ['the result is ½', '1/2'],
  ['answer 2½', '2 1/2'],
  ['leading text then -½', '-1/2'],
  ['the answer is １２３', '123'],
  ['答案是42个', '42'],
  ['**-5**', '-5'],
  ['\\boxed{42}', '42'],
  ['$42$', '42'],
  ['x=-5', '-5'],
  ['7 - 5', '5'],
  ['10-5', '5'],
  ['(3)-5', '5'],
  ['5€-7€', '7'],
  ['5-10 minutes', '10'],
  ['It costs 10 000 dollars', '10000'],
  ['in 2023 100 people', '100'],
  ['3 4', '4'],
  ['5kg of it', '5'],
  ['the 3rd', '3'],
  ['42 says gpt-4o about H2O', '42'],
  ['42 (COVID-19)', '42'],
  ['US$5', '5'],
  ['score 3/4', '3/4'],
  ['about 6.02e23.', '6.02e23'],
] as const)('the last number of %j is %s', ([text, plain]) => {
  expect(lastNumeral(text)?.plain).toBe(plain)
})

test.for([
  '7 then 1.2.3',
  '7 then 10^3',
  '7 × 10²',
  '7 × 10^{-3}',
  '7, so 3,14',
  '7 or 1/2/2026',
  '7 or 1_000',
  '7 or ٣',
])('in %j the last number cannot be read, and the one before is not taken for it', (text) => {
  expect(lastNumeral(text)).toEqual({ source: expect.any(String) })
})

test('a text without digits has no last number', () => {
  expect(lastNumeral('no H2O here')).toBeUndefined()
})

test('every finite number is read back exactly as JavaScript writes it', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      for (const numeral of [wholeNumeral(String(value)), lastNumeral(`it is ${value}, I think`)]) {
        expect(Number(numeral?.plain)).toBe(value + 0)
        expect(numeral?.value).toBeDefined()
      }
    }),
  )
})

test('separators and units do not change a number', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.constantFrom(',', "'", ' ', '\u202F'), (value, separator) => {
      const digits = String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, separator)
      const numeral = { plain: String(value), value: { numerator: value, denominator: 1n } }
      for (const text of [digits, digits.replace(/\d/, '$$$&'), `${digits} %`, `${digits} €`]) {
        expect(wholeNumeral(text)).toEqual({ source: text, ...numeral })
        expect(lastNumeral(`So: ${text}.`)).toMatchObject(numeral)
      }
    }),
  )
})

test('any text is read without an exception, and quickly', () => {
  const unit = fc.constantFrom(...Array.from("0129 .,/^{-−+$%eE½²_'aé\n٣"))
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
      wholeNumeral(text)
      lastNumeral(text)
    }),
  )
  const start = performance.now()
  for (const part of ['1,', '1 ', '1', ',', 'a-', '-', '1 234 ', '^{', '$', '½', '1e']) lastNumeral(part.repeat(50_000))
  expect(performance.now() - start).toBeLessThan(5000)
})
