import type { TestCase } from 'vitest/node'

/** Samples that failed in the same way. */
export interface FailureGroup {
  /** The error's code, or the name of one that has none. */
  readonly error: string
  readonly count: number
  /** The first of them. */
  readonly sample: string
  /** The first line of its message. */
  readonly message: string
}

/** A test, as far as its failure is looked at. */
export type FailedTest = Pick<TestCase, 'name' | 'meta' | 'result'>

/** Groups failed samples by their errors: hundreds of samples often fail for one reason. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>()

  /** The largest first. */
  get list(): readonly FailureGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count)
  }

  /** Takes a test in; returns how many samples have failed as this one, 0 where it is no sample or did not fail. */
  add(test: FailedTest): number {
    const { evals } = test.meta()
    const { state, errors } = test.result()
    const [first] = errors ?? []
    // A threshold's failure is like no other, and so is that of an eval that could not be declared.
    const isSample = evals === undefined || 'outcome' in evals
    if (state !== 'failed' || !isSample || first === undefined) return 0
    const error = labelOf(first)
    const [message = ''] = first.message.split('\n')
    const key = `${error} ${shapeOf(message)}`
    const known = this.#groups.get(key)
    const sample = evals === undefined ? test.name : evals.id
    const group = known === undefined ? { error, count: 1, sample, message } : { ...known, count: known.count + 1 }
    this.#groups.set(key, group)
    return group.count
  }
}

function labelOf({ name, code }: { readonly name?: string; readonly code?: unknown }): string {
  return typeof code === 'string' ? code : (name ?? 'Error')
}

/** The message without what differs from sample to sample: quoted values, numbers, ids. */
function shapeOf(message: string): string {
  return message
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"')
    .replaceAll(/\b(?=\w*\d)\w+\b/g, '0')
    .replaceAll(/0(?:[.,:-]0)+/g, '0')
}
