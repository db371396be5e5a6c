import { encodeName } from '../json/encode-name.ts'

/** What the name of an entry's file says. */
export interface CacheFileName {
  readonly key: string
  /** The model's name as {@link cacheFileName} writes it. */
  readonly encodedModel: string
}

/** The name of an entry's file: with its model, so that a model's entries are found without opening any. */
export function cacheFileName(key: string, model: string): string {
  return `${key}.${encodeModel(model)}.json`
}

/** `undefined` for files that are no entries, such as one that is just being written. */
export function readCacheFileName(name: string): CacheFileName | undefined {
  const [, key, encodedModel] = /^([0-9a-f]{64})\.(.+)\.json$/.exec(name) ?? []
  return key === undefined || encodedModel === undefined ? undefined : { key, encodedModel }
}

/** A model's name as part of a file name. */
export function encodeModel(model: string): string {
  // A provider's name and a colon are always there, but the port does not know that.
  return encodeName(model.trim() === '' ? 'unnamed' : model.toWellFormed())
}

/** The model's name; one that was too long for a file name stays cut. */
export function decodeModel(encodedModel: string): string {
  try {
    return decodeURIComponent(encodedModel)
  } catch {
    // A cut name has a `%~` in it.
    return encodedModel
  }
}
