import type { AnyNode, Identifier } from 'acorn'

/** What a name of a file stands for. */
export interface Binding {
  /** Where it is declared. */
  readonly at: Identifier
  /** What gives it its values; `undefined` where that is not to be seen, as with what a function is called with. */
  readonly sources: AnyNode[] | undefined
  /** The module it is an import of, as Vite writes it. */
  readonly url: string | undefined
}

/** The names that one function or block of a file declares, and those of what is around it. */
export class Scope {
  readonly #names = new Map<string, Binding>()
  readonly #outer: Scope | undefined
  readonly #holdsVars: boolean

  constructor(outer: Scope | undefined, holdsVars: boolean) {
    this.#outer = outer
    this.#holdsVars = holdsVars
  }

  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name)
  }

  ofVars(): Scope {
    return this.#holdsVars || this.#outer === undefined ? this : this.#outer.ofVars()
  }

  declare(at: Identifier, sources: readonly AnyNode[] | undefined, url?: string): void {
    const known = this.#names.get(at.name)
    if (known === undefined) this.#names.set(at.name, { at, sources: sources && [...sources], url })
    else known.sources?.push(...(sources ?? []))
  }
}
