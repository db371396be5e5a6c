import { decimal, type Rational } from './rational.ts'

/** Something in a text that looks like a number. */
export interface Numeral {
  /** As written. */
  readonly source: string
  /** Without separators and units, as in `-1234.5`; `undefined` when it cannot be read as one number. */
  readonly plain?: string
  /** `undefined` when it cannot be read as one number. */
  readonly value?: Rational
}

const longest = 1000
const sign = '[+\\-−]'
const space = '[ \\u00A0\\u2009\\u202F]'
const vulgar = '[¼-¾⅐-⅞]'
const superscript = '[²³¹⁰⁴-⁹]'

// The last alternative also takes what is no single number (`1.2.3`, `10^{5`, `3,14`): no part of it may pass for it.
const number = [
  `\\d+ (?:\\d+/\\d+|${vulgar})`,
  `[1-9]\\d{0,2}(?:${space}\\d{3})+(?!\\d|${superscript}|[\\^/])(?:\\.\\d+)?`,
  vulgar,
  `(?:(?<![\\p{L}\\p{N}])\\.)?\\p{Nd}(?:(?:\\^\\{?[\\-−]?|[\\p{Nd}.,/⁄'’_]|${vulgar}|${superscript})*` +
    `(?:\\p{Nd}|${vulgar}|${superscript}))?(?:[eE]${sign}?\\d+)?`,
].join('|')

const amount = `(?<outer>${sign})?(?:\\p{Sc}${space}?(?<inner>${sign})?)?(?<digits>${number})(?:${space}?[%\\p{Sc}])?`
const word = '[\\p{Script=Latin}_][\\p{Script=Latin}\\p{M}\\p{N}_]*(?:-[\\p{Script=Latin}\\p{N}_]+)*'

// A minus after a letter, a digit or a bracket is an operator or a range, not a sign.
const wordOrAmount = `${word}|${amount.replace(`(?<outer>${sign})`, `(?<outer>(?<![\\p{L}\\p{N}\\p{Sc})\\]%])${sign})`)}`

/** Made when first used: such classes take 3 ms, which every start would pay. */
const patterns: { whole?: RegExp; wordOrAmount?: RegExp } = {}

const grouped = `[1-9]\\d{0,2}(?<separator>[,'’]|${space})\\d{3}(?:\\k<separator>\\d{3})*`
const decimalForm = new RegExp(
  `^(?<integer>\\d+|${grouped})?(?:\\.(?<decimals>\\d+))?(?:[eE](?<exponent>${sign}?\\d{1,3}))?$`,
  'u',
)
const fractionForm = /^(?:(?<integer>\d+) )?(?<above>\d+)[/⁄](?<below>\d+)$/u

/** The number that a text consists of, or `undefined` when the text is anything else. */
export function wholeNumeral(text: string): Numeral | undefined {
  const trimmed = ascii(text).trim()
  if (trimmed.length > longest) return undefined
  patterns.whole ??= new RegExp(`^${amount}\\.?$`, 'u')
  const match = patterns.whole.exec(trimmed)
  const numeral = match === null ? undefined : read(match)
  return numeral?.value === undefined ? undefined : numeral
}

/** The last number in a text. Digits that belong to a word (`H2O`, `gpt-4o`) are none. */
export function lastNumeral(text: string): Numeral | undefined {
  let last: RegExpExecArray | undefined
  for (const match of amounts(text)) last = match
  return last === undefined ? undefined : read(last)
}

/** The numbers in a text, in order, each read as it is asked for. Digits that belong to a word are none. */
export function* numerals(text: string): Generator<Numeral> {
  for (const match of amounts(text)) yield read(match)
}

function* amounts(text: string): Generator<RegExpExecArray> {
  patterns.wordOrAmount ??= new RegExp(wordOrAmount, 'gu')
  for (const match of ascii(text).matchAll(patterns.wordOrAmount)) {
    if (match.groups?.['digits'] !== undefined) yield match
  }
}

/** Full-width digits and signs as their ASCII forms. */
function ascii(text: string): string {
  return text.replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}

function read(match: RegExpExecArray): Numeral {
  const { outer, inner, digits = '' } = match.groups ?? {}
  const source = match[0]
  const twoSigns = outer !== undefined && inner !== undefined
  const unsigned = twoSigns ? undefined : (readDecimal(digits) ?? readFraction(digits))
  if (unsigned === undefined) return { source }
  const { plain, value } = unsigned
  if (!/[-−]/.test(outer ?? inner ?? '')) return { source, plain, value }
  return { source, plain: `-${plain}`, value: { ...value, numerator: -value.numerator } }
}

interface Unsigned {
  readonly plain: string
  readonly value: Rational
}

function readDecimal(text: string): Unsigned | undefined {
  const groups = text.length > longest ? undefined : decimalForm.exec(text)?.groups
  if (groups === undefined) return undefined
  const integer = groups['integer']?.replace(/\D/gu, '') ?? ''
  const decimals = groups['decimals'] ?? ''
  const exponent = groups['exponent']?.replace('−', '-')
  if (integer + decimals === '') return undefined
  const plain = `${integer || '0'}${decimals && `.${decimals}`}${exponent === undefined ? '' : `e${exponent}`}`
  return { plain, value: decimal(BigInt(integer + decimals), Number(exponent ?? 0) - decimals.length) }
}

function readFraction(text: string): Unsigned | undefined {
  if (text.length > longest) return undefined
  // NFKD writes ½ as 1⁄2; the space keeps 2½ from becoming 21⁄2.
  const plain = text.replace(/ ?[¼-¾⅐-⅞]/gu, (character) => ` ${character.trim().normalize('NFKD')}`).trim()
  const groups = fractionForm.exec(plain)?.groups
  const denominator = BigInt(groups?.['below'] ?? 0)
  if (groups === undefined || denominator === 0n) return undefined
  const numerator = BigInt(groups['integer'] ?? 0) * denominator + BigInt(groups['above'] ?? 0)
  return { plain: plain.replace('⁄', '/'), value: { numerator, denominator } }
}
