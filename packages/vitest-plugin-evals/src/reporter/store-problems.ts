import type { StoreProblem } from '@evals/core'
import type { ChannelService } from '../channel/main/channel-server.ts'

/** What workers could not read of an experiment: each reads it, and a problem is told once. */
export class StoreProblems {
  readonly #lines = new Set<string>()

  readonly service: ChannelService = {
    handlers: {
      problem: ({ where, what }: StoreProblem): void => void this.#lines.add(`${where}: ${what}`),
    },
  }

  get lines(): readonly string[] {
    return [...this.#lines]
  }
}
