import { isJsonObject } from './read-json.ts'

/** How two JSON values are compared. */
export interface JsonRules {
  /** The first may have more members than the second. */
  readonly partial?: boolean
  /** Names of members that are left out on both sides, at any depth. */
  readonly ignore?: ReadonlySet<string>
}

/**
 * Where two JSON values first differ, as a JSON Pointer with what is found there, or `undefined` for equal ones. The order
 * of members does not matter, that of items does.
 */
export function jsonDifference(found: unknown, wanted: unknown, rules: JsonRules = {}): string | undefined {
  return differenceAt('', found, wanted)

  function differenceAt(path: string, left: unknown, right: unknown): string | undefined {
    if (isJsonObject(left) && isJsonObject(right)) return memberDifference(path, left, right)
    if (Array.isArray(left) && Array.isArray(right)) return itemDifference(path, left, right)
    return left === right ? undefined : `${path || 'the value'} is ${shown(left)}, expected ${shown(right)}`
  }

  function memberDifference(path: string, left: JsonObject, right: JsonObject): string | undefined {
    const names = new Set([...Object.keys(right), ...(rules.partial === true ? [] : Object.keys(left))])
    for (const name of names) {
      if (rules.ignore?.has(name) === true) continue
      const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!Object.hasOwn(left, name)) return `${at} is missing`
      if (!Object.hasOwn(right, name)) return `${at} is not expected`
      const difference = differenceAt(at, left[name], right[name])
      if (difference !== undefined) return difference
    }
    return undefined
  }

  function itemDifference(path: string, left: readonly unknown[], right: readonly unknown[]): string | undefined {
    if (left.length !== right.length) {
      return `${path || 'the value'} has ${left.length} items, expected ${right.length}`
    }
    for (const [index, item] of left.entries()) {
      const difference = differenceAt(`${path}/${index}`, item, right[index])
      if (difference !== undefined) return difference
    }
    return undefined
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
