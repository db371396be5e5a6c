import type { StoredKey } from './stored-form.ts'

/** Where a part of a value is written, as a link to its parent: the path is only spelled out when somebody needs it. */
export class Place {
  /** Levels below the whole value. */
  readonly depth: number
  /** True while the parts of the object here are being written: to meet the object again then is a cycle. */
  open = true
  readonly #parent: Place | undefined
  readonly #key: StoredKey | undefined

  /** Without a key the place is the parent's own, as for the result of its `toJSON`. */
  constructor(parent: Place | undefined, key: StoredKey | undefined) {
    this.depth = parent === undefined ? 0 : parent.depth + 1
    this.#parent = parent
    this.#key = key
  }

  /** The keys that lead from the whole stored value to `place`. */
  static keysOf(place: Place | undefined): StoredKey[] {
    const keys: StoredKey[] = []
    for (let at = place; at !== undefined; at = at.#parent) if (at.#key !== undefined) keys.push(at.#key)
    return keys.reverse()
  }
}

/** A path for people, such as `output.tools[0].execute`. */
export function pathText(root: string, keys: readonly StoredKey[]): string {
  const steps = keys.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return root + steps.join('')
}
