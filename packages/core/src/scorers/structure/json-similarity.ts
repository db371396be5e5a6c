import { unusable } from '../text-scorer.ts'
import { isJsonObject } from './read-json.ts'

/** How alike two values of one type are, from 0 to 1. */
export type Compare<Value> = (a: Value, b: Value) => number | Promise<number>

/** How two JSON values are compared. */
export interface JsonSimilarityRules {
  readonly preserveStrings: boolean
  readonly compareTexts: Compare<string>
  readonly compareNumbers: Compare<number>
  /** Compare values of different types, and booleans, by the texts of their JSON, as autoevals does. Else equal or not. */
  readonly othersAsTexts: boolean
}

const deepest = 1000

/**
 * How alike two JSON values are, from 0 to 1; see `jsonDiff`.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED` for values nested more than 1,000 levels deep
 */
export async function jsonSimilarity(output: unknown, expected: unknown, rules: JsonSimilarityRules): Promise<number> {
  return similarity(output, expected, 0)

  async function similarity(given: unknown, wanted: unknown, depth: number): Promise<number> {
    if (depth > deepest) throw unusable('jsonDiff', 'the values are nested too deeply, more than 1,000 levels')
    const [a, b] = rules.preserveStrings ? [given, wanted] : [parsed(given), parsed(wanted)]
    if (isJsonObject(a) && isJsonObject(b)) {
      const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
      return meanOf(names.map((name) => similarity(own(a, name), own(b, name), depth + 1)))
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      const shared = Math.min(a.length, b.length)
      const places = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index)
      return meanOf(
        places.map((place) => (place < shared ? similarity(a[place], b[place], depth + 1) : Promise.resolve(0))),
      )
    }
    return compareLeaves(a, b, rules)
  }
}

async function compareLeaves(a: unknown, b: unknown, rules: JsonSimilarityRules): Promise<number> {
  if (typeof a === 'string' && typeof b === 'string') return rules.compareTexts(a, b)
  if (typeof a === 'number' && typeof b === 'number') return rules.compareNumbers(a, b)
  const nothing = [a, b].filter((value) => value === null || value === undefined).length
  if (nothing > 0) return nothing === 2 ? 1 : 0
  if (rules.othersAsTexts) return rules.compareTexts(jsonText(a), jsonText(b))
  return a === b ? 1 : 0
}

/** An object or array in place of the text that holds it. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

async function meanOf(scores: readonly Promise<number>[]): Promise<number> {
  if (scores.length === 0) return 1
  const values = await Promise.all(scores)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** JSON with the members of every object in the order of their names. */
function jsonText(value: unknown): string {
  const sorted = (_: string, part: unknown): unknown => {
    if (!isJsonObject(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
  return JSON.stringify(value, sorted) ?? String(value)
}
