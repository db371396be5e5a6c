/** Names one entry of a {@link ResponseCache}. */
export interface CacheAddress {
  /** For example `openai:gpt-5-mini`. */
  readonly model: string
  /** 64 hex digits. */
  readonly key: string
}

/** How much a cache holds. */
export interface CacheSize {
  readonly entries: number
  readonly bytes: number
}

/** How much a cache holds, in all and by model, the largest first. */
export interface CacheStats extends CacheSize {
  readonly models: readonly (CacheSize & { readonly model: string })[]
}

/** Where answers are kept; entries are JSON. Several workers and processes may use the same place at once. */
export interface ResponseCache {
  /** `undefined`: not there, or not readable. */
  read(address: CacheAddress): Promise<unknown>
  /**
   * Puts an entry in the place of what is there, as a whole or not at all.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
   */
  write(address: CacheAddress, entry: unknown): Promise<void>
  /** The entries of a model that were written last, the newest first; those that cannot be read are left out. */
  newest(model: string, limit: number): Promise<readonly unknown[]>
  stats(): Promise<CacheStats>
  /** Removes all entries. */
  clear(): Promise<void>
}

/** The sum of what is held by model. */
export function cacheStatsOf(models: ReadonlyMap<string, CacheSize>): CacheStats {
  const sizes = [...models].map(([model, { entries, bytes }]) => ({ model, entries, bytes }))
  return {
    entries: sizes.reduce((total, { entries }) => total + entries, 0),
    bytes: sizes.reduce((total, { bytes }) => total + bytes, 0),
    models: sizes.toSorted((a, b) => b.bytes - a.bytes || a.model.localeCompare(b.model, 'en')),
  }
}
