import { wholeNumeral } from '../numbers/numeral.ts'
import type { NumberSource } from '../numbers/numeric-match.ts'
import { foldCase } from '../text/fold-case.ts'

const longestNumber = 100
const edges = /^[^\p{L}\p{N}%+\-−.]+|[^\p{L}\p{N}%]+$/gu

/**
 * Whether Inspect's `match(numeric=True)` is content: the numbers are those words of the output that are numbers and
 * nothing else, and they are compared with five significant digits. A target that is no number is compared as text.
 */
export function matchesLikeInspect(output: string, target: string, from: NumberSource): boolean {
  const wanted = normalize(withoutSeparators(target.trim()))
  if (wanted === undefined) return matchesText(output, target, from)
  const words = withoutSeparators(output.trim())
    .split(/\s+/)
    .map((word) => normalize(word) ?? (word.length > longestNumber ? undefined : normalize(word.replace(edges, ''))))
  const numbers = words.filter((word) => word !== undefined)
  if (from === 'whole') return normalize(withoutSeparators(output.trim())) === wanted
  if (from === 'any') return numbers.includes(wanted)
  return numbers.at(from === 'first' ? 0 : -1) === wanted
}

function withoutSeparators(text: string): string {
  return text.replace(/[$,£€*_]/g, '').replace(/\.(?=\s|$|\D)/g, '')
}

/** The number with five significant digits, or `undefined` for anything else, also with a unit. */
function normalize(word: string): string | undefined {
  if (word.length > longestNumber || /[\s%\p{Sc}]/u.test(word)) return undefined
  const value = wholeNumeral(word)?.value
  if (value === undefined) return undefined
  return (Number(value.numerator) / Number(value.denominator)).toPrecision(5)
}

function matchesText(output: string, target: string, from: NumberSource): boolean {
  const text = foldCase(output.trim())
  const wanted = foldCase(target.trim())
  if (from === 'whole') return text === wanted
  if (from === 'any') return text.includes(wanted)
  return from === 'first' ? text.startsWith(wanted) : text.endsWith(wanted)
}
