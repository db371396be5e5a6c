import type { ExperimentDocument, StoreProblem } from '@evals/core'
import type { DataSource } from '../protocol.ts'
import { SampleTable } from './sample-table.ts'

/** Each telling filters and draws all rows anew. */
const tellMs = 250

/** An experiment that the page shows, kept up to date while anybody listens. */
export class FollowedExperiment {
  readonly name: string
  readonly table: SampleTable = new SampleTable()
  document: ExperimentDocument | undefined
  /** All rows that there were at the beginning have come. */
  isCaughtUp = false
  /** Stored lines that cannot be read. */
  problems: readonly StoreProblem[] = []
  failure: Error | undefined
  readonly #listeners = new Set<() => void>()
  #isTelling = false
  #toldAt = -tellMs

  constructor(source: DataSource, name: string) {
    this.name = name
    this.stop = source.follow(name, {
      onRows: (chunk) => this.#change(() => this.table.apply(chunk)),
      onDocument: (document) => this.#change(() => (this.document = document)),
      onCaughtUp: () => this.#change(() => (this.isCaughtUp = true)),
      onProblems: (problems) => this.#change(() => (this.problems = problems)),
      onFailure: (failure) => this.#change(() => (this.failure = failure)),
    })
  }

  readonly stop: () => void

  /** Calls back after changes: soon after the first, then a few times a second while many rows come. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #change(change: () => void): void {
    change()
    if (this.#isTelling) return
    this.#isTelling = true
    const isSoon = performance.now() - this.#toldAt > tellMs
    setTimeout(() => this.#tell(), isSoon ? 0 : tellMs)
  }

  #tell(): void {
    this.#isTelling = false
    this.#toldAt = performance.now()
    for (const listener of this.#listeners) listener()
  }
}
