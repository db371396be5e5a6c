/** How much a tool is given to do in one run. */
export interface Load {
  readonly samples: number
  /** How long each task waits. */
  readonly waitMs: number
  /** Samples in progress at once. */
  readonly concurrency: number
}

/** The environment from which the files of `projects.ts` and of the peers read their load. */
export function environmentOf({ samples, waitMs, concurrency }: Load): Readonly<Record<string, string>> {
  return { SAMPLES: String(samples), WAIT_MS: String(waitMs), CONCURRENCY: String(concurrency) }
}
