import { encodeName } from '../json/encode-name.ts'

/** The name of an entry's file: with its model, so that a model's entries are found without opening any. */
export function cacheFileName(key: string, model: string): string {
  return `${key}.${encodeModel(model)}.json`
}

/**
 * The model of an entry by its file's name, as {@link encodeModel} writes it; `undefined` for files that are no entries,
 * such as one that is just being written.
 */
export function encodedModelIn(name: string): string | undefined {
  return /^[0-9a-f]{64}\.(.+)\.json$/.exec(name)?.[1]
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
