import { readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheStatsOf, type CacheAddress, type CacheSize, type CacheStats, type ResponseCache } from '@evals/core'
import { entriesIn } from '../json/entries-in.ts'
import { writeOnce, writeWhole } from '../json/write-whole.ts'
import { makeFolder } from '../make-folder.ts'
import { isMissing, unwritable } from '../storage-error.ts'
import { cacheFileName, decodeModel, encodedModelIn, encodeModel } from './cache-file-name.ts'

/** Settings of a {@link FileResponseCache}. */
export interface FileResponseCacheOptions {
  /** Absolute path of the store's folder, usually `<root>/.evals`; the cache is its folder `cache`. */
  readonly folder: string
}

interface CacheFile {
  readonly path: string
  readonly encodedModel: string
  readonly bytes: number
  readonly writtenAtMs: number
}

/**
 * Keeps each entry in a JSON file of its own, in 256 folders by the first two digits of its key. A file is written as a
 * whole, so that workers and processes may write at once; what cannot be read counts as not there.
 *
 * Files are read and written synchronously: an entry is small, and thousands of reads at once would otherwise hold as
 * many open files, and a file that cannot be opened for that reason would be a call paid for again.
 */
export class FileResponseCache implements ResponseCache {
  readonly #options: FileResponseCacheOptions

  constructor(options: FileResponseCacheOptions) {
    this.#options = options
  }

  async read({ model, key }: CacheAddress): Promise<unknown> {
    return readEntry(this.#path(key, model))
  }

  async write({ model, key }: CacheAddress, entry: unknown): Promise<void> {
    const path = this.#path(key, model)
    const text = `${JSON.stringify(entry)}\n`
    try {
      // Almost always the folder is there.
      if (tryToWrite(path, text)) return
      if (makeFolder(dirname(path))) writeOnce(join(this.#options.folder, '.gitignore'), '*\n')
      writeWhole(path, text)
    } catch (error) {
      throw unwritable(path, error)
    }
  }

  async newest(model: string, limit: number): Promise<readonly unknown[]> {
    const encodedModel = encodeModel(model)
    const files = (await this.#files()).filter((file) => file.encodedModel === encodedModel)
    const entries: unknown[] = []
    for (const { path } of files.toSorted((a, b) => b.writtenAtMs - a.writtenAtMs)) {
      if (entries.length >= limit) break
      const entry = readEntry(path)
      if (entry !== undefined) entries.push(entry)
    }
    return entries
  }

  async stats(): Promise<CacheStats> {
    const models = new Map<string, CacheSize>()
    for (const { encodedModel, bytes } of await this.#files()) {
      const model = decodeModel(encodedModel)
      const size = models.get(model) ?? { entries: 0, bytes: 0 }
      models.set(model, { entries: size.entries + 1, bytes: size.bytes + bytes })
    }
    return cacheStatsOf(models)
  }

  async clear(): Promise<void> {
    try {
      // Others may be writing into it.
      await rm(this.#cacheFolder, { recursive: true, force: true, maxRetries: 5 })
    } catch (error) {
      throw unwritable(this.#cacheFolder, error)
    }
  }

  get #cacheFolder(): string {
    return join(this.#options.folder, 'cache')
  }

  #path(key: string, model: string): string {
    return join(this.#cacheFolder, key.slice(0, 2), cacheFileName(key, model))
  }

  async #files(): Promise<readonly CacheFile[]> {
    const files: CacheFile[] = []
    for (const folder of await entriesIn(this.#cacheFolder)) {
      if (!folder.isDirectory()) continue
      const parent = join(this.#cacheFolder, folder.name)
      for (const { name } of await entriesIn(parent)) {
        const encodedModel = encodedModelIn(name)
        if (encodedModel === undefined) continue
        const path = join(parent, name)
        const stat = statSync(path, { throwIfNoEntry: false })
        if (stat !== undefined) files.push({ path, encodedModel, bytes: stat.size, writtenAtMs: stat.mtimeMs })
      }
    }
    return files
  }
}

/** `undefined` for what is not there, torn or not to be opened: the port has one answer for all of them. */
function readEntry(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** False where the folder does not exist, or was removed meanwhile. */
function tryToWrite(path: string, text: string): boolean {
  try {
    writeWhole(path, text)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
