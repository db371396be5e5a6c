import type { ExperimentDocument } from '@evals/core'
import { ExperimentFeed, type FeedOptions } from './experiment-feed.ts'

/** More would fill the memory; one that is asked for again is read again. */
const mostOpen = 6

/** The feeds of the experiments that pages looked at last. */
export class ExperimentFeeds {
  readonly #viewed: Omit<FeedOptions, 'experiment'>
  readonly #open = new Map<string, Promise<ExperimentFeed>>()

  constructor(viewed: Omit<FeedOptions, 'experiment'>) {
    this.#viewed = viewed
  }

  /** The feed of an experiment; one that was deleted and written anew under its name is another one. */
  get({ experiment, createdAt }: ExperimentDocument): Promise<ExperimentFeed> {
    const key = `${createdAt} ${experiment}`
    const feed = this.#open.get(key) ?? ExperimentFeed.open({ ...this.#viewed, experiment })
    this.#open.delete(key)
    this.#open.set(key, feed)
    feed.catch(() => this.#open.delete(key))
    if (this.#open.size > mostOpen) this.#closeOldest()
    return feed
  }

  #closeOldest(): void {
    const [oldest] = this.#open
    if (oldest === undefined) return
    const [key, feed] = oldest
    this.#open.delete(key)
    feed.then(
      (opened) => opened.close(),
      // Whoever asked for it was told.
      () => {},
    )
  }
}
