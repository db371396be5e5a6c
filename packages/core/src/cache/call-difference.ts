import { isJsonObject, type JsonObject, type JsonValue } from '../stored-value/stored-form.ts'
import { withoutUndefined } from '../without-undefined.ts'

/** One place in which two calls differ; both sides as JSON, shortened around the first difference. */
export interface CallDifference {
  /** For example `identity.parameters.temperature`. */
  readonly path: string
  /** Absent: the stored call has nothing there. */
  readonly stored?: string
  /** Absent: the call that was made has nothing there. */
  readonly made?: string
}

/** The leaves of a call as JSON by their path. */
export type CallLeaves = ReadonlyMap<string, string>

/** A long conversation must not make a message about it slow. */
const maxLeaves = 2000
const shownLength = 60
const shownBefore = 20

/** The leaves of a stored call; members that are `undefined` are none, as for its key. */
export function leavesOf(call: JsonObject): CallLeaves {
  const leaves = new Map<string, string>()
  const add = (path: string, value: JsonValue): void => {
    if (leaves.size >= maxLeaves || path.endsWith('.$undefined')) return
    if (Array.isArray(value) && value.length > 0) value.forEach((element, index) => add(`${path}[${index}]`, element))
    else if (isJsonObject(value) && Object.keys(value).length > 0) {
      for (const [key, member] of Object.entries(value)) add(path === '' ? key : `${path}.${key}`, member)
    } else leaves.set(path, JSON.stringify(value))
  }
  add('', call)
  return leaves
}

/** How far two calls are apart: each leaf that differs counts up to 1, less the more of its text is shared. */
export function distanceOf(stored: CallLeaves, made: CallLeaves): number {
  return pathsThatDiffer(stored, made).reduce((total, path) => {
    const [a, b] = [stored.get(path), made.get(path)]
    return total + (a === undefined || b === undefined ? 1 : textDistance(a, b))
  }, 0)
}

/** Where two calls differ. */
export function differencesOf(stored: CallLeaves, made: CallLeaves): readonly CallDifference[] {
  return pathsThatDiffer(stored, made).map((path) => {
    const [a, b] = [stored.get(path), made.get(path)]
    const from = Math.max(0, sharedStart(a ?? '', b ?? '') - shownBefore)
    return withoutUndefined({ path, stored: a && shorten(a, from), made: b && shorten(b, from) })
  })
}

function pathsThatDiffer(stored: CallLeaves, made: CallLeaves): string[] {
  return [...new Set([...made.keys(), ...stored.keys()])].filter((path) => stored.get(path) !== made.get(path))
}

function textDistance(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  const start = sharedStart(a, b)
  let end = 0
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return 1 - (start + end) / longest
}

function sharedStart(a: string, b: string): number {
  const shortest = Math.min(a.length, b.length)
  let length = 0
  while (length < shortest && a[length] === b[length]) length += 1
  return length
}

function shorten(json: string, from: number): string {
  if (json.length <= shownLength) return json
  const end = from + shownLength
  // A cut may go through the middle of a letter.
  const middle = json.slice(from, end).toWellFormed()
  return `${from > 0 ? '…' : ''}${middle}${end < json.length ? '…' : ''}`
}
