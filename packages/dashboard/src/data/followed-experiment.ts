import type { StoreProblem } from '@evals/core'
import type { DataSource, ShownDocument } from '../protocol.ts'
import { SampleTable } from './sample-table.ts'

/** Each telling filters and draws all rows anew. */
const tellMs = 250

/** An experiment that the page shows, kept up to date while anybody listens and the tab is seen. */
export class FollowedExperiment {
  readonly name: string
  table: SampleTable = new SampleTable()
  document: ShownDocument | undefined
  /** All rows that there were at the beginning have come. */
  isCaughtUp = false
  /** Stored lines that cannot be read. */
  problems: readonly StoreProblem[] = []
  failure: Error | undefined
  readonly #source: DataSource
  readonly #listeners = new Set<() => void>()
  /** Of the rows that have come. */
  #version = 0
  #stop: (() => void) | undefined
  #isTelling = false
  #toldAt = -tellMs

  constructor(source: DataSource, name: string) {
    this.#source = source
    this.name = name
  }

  /** Calls back after changes: soon after the first, then a few times a second while many rows come. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    // Browsers allow few connections to one server, and each that follows takes one.
    const look = (): void => this.#look()
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      this.#listeners.delete(listener)
      document.removeEventListener('visibilitychange', look)
      look()
    }
  }

  /** Goes on from the rows that have come, or stops. */
  #look(): void {
    const isLookedAt = this.#listeners.size > 0 && document.visibilityState === 'visible'
    if (!isLookedAt) {
      this.#stop?.()
      this.#stop = undefined
    } else if (this.failure === undefined) this.#stop ??= this.#follow()
  }

  #follow(): () => void {
    return this.#source.follow(this.name, this.#version, {
      onRows: (chunk) =>
        this.#change(() => {
          this.#version = chunk.version
          this.table.apply(chunk)
        }),
      onDocument: (next) => this.#change(() => this.#takeDocument(next)),
      onCaughtUp: () => this.#change(() => (this.isCaughtUp = true)),
      onProblems: (problems) => this.#change(() => (this.problems = problems)),
      onFailure: (failure) => this.#change(() => (this.failure = failure)),
    })
  }

  #takeDocument(next: ShownDocument): void {
    const before = this.document
    this.document = next
    if (before === undefined || before.createdAt === next.createdAt) return
    // Another one has its name now: rows that came after a version of the old one are not all.
    this.#stop?.()
    this.table = new SampleTable()
    this.#version = 0
    this.#stop = this.#follow()
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
