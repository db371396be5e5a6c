import { jsonDifference } from './json-difference.ts'
import { isJsonObject } from './read-json.ts'
import type { ToolUse } from './tool-uses.ts'

/** How the arguments of a call are compared. */
export interface ArgumentRules {
  readonly match: 'exact' | 'partial' | 'anyOf' | 'ignore'
  readonly ignore: readonly string[]
  /** Tool → arguments that may be left out. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Whether a call is the one that was wanted. */
export function fitsCall(found: ToolUse, wanted: ToolUse, rules: ArgumentRules): boolean {
  if (found.name !== wanted.name) return false
  if (rules.match === 'ignore') return true
  const [given, expected] = [found, wanted].map((call) => complete(call, rules)) as [unknown, unknown]
  if (rules.match === 'anyOf') return fitsAnyOf(given, expected)
  return jsonDifference(given, expected, { partial: rules.match === 'partial' }) === undefined
}

function complete({ name, arguments: values }: ToolUse, { ignore, defaults }: ArgumentRules): unknown {
  // Servers write a call without arguments in all of these ways.
  const given = values === undefined || values === null || values === '' ? {} : values
  if (!isJsonObject(given)) return given
  const all = { ...(Object.hasOwn(defaults, name) ? defaults[name] : {}), ...given }
  return Object.fromEntries(Object.entries(all).filter(([argument]) => !ignore.includes(argument)))
}

/** Each expected argument is a list of right values; `''` among them says that the argument may be left out. */
function fitsAnyOf(given: unknown, expected: unknown): boolean {
  if (!isJsonObject(given) || !isJsonObject(expected)) return false
  if (!Object.keys(given).every((argument) => Object.hasOwn(expected, argument))) return false
  return Object.entries(expected).every(([argument, values]) => {
    const right: readonly unknown[] = Array.isArray(values) ? values : [values]
    if (!Object.hasOwn(given, argument)) return right.includes('')
    return right.some((value) => jsonDifference(given[argument], value) === undefined)
  })
}
