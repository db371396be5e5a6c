import type { SampleRecord, StoredError, Variant } from '@evals/core'

/** One sample with an error. */
interface ErrorExample {
  readonly eval: string
  readonly variant: Variant
  readonly id: string
  readonly epoch: number
  readonly message: string
}

/** Errors of one kind. */
export interface ErrorGroup {
  /** The error's code, else its name. */
  readonly code: string
  /** The scorer that failed; absent where the task did. */
  readonly scorer?: string
  count: number
  /** The first few. */
  readonly examples: ErrorExample[]
}

const exampleCount = 3

/** Counts errors by scorer and code; keeps only a few examples of each. */
export class ErrorGroups {
  readonly #groups = new Map<string, ErrorGroup>()

  /** Takes in a record that counts; a cancelled sample is no error, and neither is a wrong answer. */
  add(record: SampleRecord): void {
    const { outcome, error, scores } = record
    if (error !== undefined && (outcome === 'error' || outcome === 'timeout')) this.#count(record, error)
    for (const [scorer, score] of Object.entries(scores)) {
      if (score.error !== undefined) this.#count(record, score.error, scorer)
    }
  }

  /** The most frequent first. */
  sorted(): ErrorGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count)
  }

  #count({ eval: name, variant, id, epoch }: SampleRecord, error: StoredError, scorer?: string): void {
    const code = error.code ?? error.name
    const key = `${scorer ?? ''}\n${code}`
    let group = this.#groups.get(key)
    if (group === undefined) {
      group = { code, ...(scorer === undefined ? {} : { scorer }), count: 0, examples: [] }
      this.#groups.set(key, group)
    }
    group.count += 1
    if (group.examples.length < exampleCount) {
      group.examples.push({ eval: name, variant, id, epoch, message: error.message })
    }
  }
}
