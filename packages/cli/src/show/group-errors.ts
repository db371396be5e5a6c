import type { SampleRecord, StoredError, Variant } from '@evals/core'

const { shapeOf } = await import('vitest-plugin-evals/cli')

/** One sample with an error. */
interface ErrorExample {
  readonly eval: string
  readonly variant: Variant
  readonly id: string
  readonly epoch: number
  readonly message: string
}

/** Errors of one code whose messages differ only in values, numbers and ids. */
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

/** What is said of an error whose message nobody may see. */
const redacted = 'why is redacted'

/** Whoever ended the run knows; that a budget or a key did has to be told. */
function isInterruption({ name, code }: StoredError): boolean {
  return name === 'AbortError' || code === 'EVALS_SAMPLE_CANCELLED'
}

/** Counts errors by scorer, code and the shape of their message; keeps only a few examples of each. */
export class ErrorGroups {
  readonly #groups = new Map<string, ErrorGroup>()

  /** Takes in a record that counts; a sample that somebody cancelled is no error, and neither is a wrong answer. */
  add(record: SampleRecord): void {
    const { outcome, passed, error, failure, scores } = record
    if (outcome === 'error' || outcome === 'timeout') {
      this.#count(record, error ?? { name: outcome, message: redacted })
    }
    if (outcome === 'cancelled' && error !== undefined && !isInterruption(error)) this.#count(record, error)
    const failed = Object.entries(scores).flatMap(([scorer, score]) =>
      score.error === undefined ? [] : [{ scorer, error: score.error }],
    )
    for (const { scorer, error: thrown } of failed) this.#count(record, thrown, scorer)
    if (outcome === 'scored' && passed === null && failed.length === 0) {
      // Nobody can say whether it passed, and no scorer failed: `passWhen` did.
      this.#count(record, { name: 'EVALS_PASS_WHEN_FAILED', message: failure?.message ?? redacted })
    }
  }

  /** The most frequent first. */
  sorted(): ErrorGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count)
  }

  #count({ eval: name, variant, id, epoch }: SampleRecord, error: StoredError, scorer?: string): void {
    const code = error.code ?? error.name
    const key = [scorer ?? '', code, shapeOf(error.message.slice(0, 1000).split('\n', 1)[0]!)].join('\n')
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
