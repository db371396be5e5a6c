import { cacheStatsOf, type CacheAddress, type CacheStats, type ResponseCache } from './response-cache.ts'

/** Keeps entries in memory: for tests, scripts and runs that want to leave nothing behind. */
export class MemoryResponseCache implements ResponseCache {
  /** By model and key; as text, so that nobody's object can change what is kept. */
  readonly #models = new Map<string, Map<string, string>>()

  async read({ model, key }: CacheAddress): Promise<unknown> {
    const text = this.#models.get(model)?.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  }

  async write({ model, key }: CacheAddress, entry: unknown): Promise<void> {
    let entries = this.#models.get(model)
    if (entries === undefined) this.#models.set(model, (entries = new Map<string, string>()))
    // A map keeps the place of what it replaces; the newest shall be last.
    entries.delete(key)
    entries.set(key, JSON.stringify(entry))
  }

  async newest(model: string, limit: number): Promise<readonly unknown[]> {
    const texts = [...(this.#models.get(model)?.values() ?? [])].reverse().slice(0, limit)
    return texts.map((text): unknown => JSON.parse(text))
  }

  async stats(): Promise<CacheStats> {
    const sizes = [...this.#models].map(([model, entries]) => {
      const bytes = [...entries.values()].reduce((total, text) => total + Buffer.byteLength(text), 0)
      return [model, { entries: entries.size, bytes }] as const
    })
    return cacheStatsOf(new Map(sizes))
  }

  async clear(): Promise<void> {
    this.#models.clear()
  }
}
