import { constants } from 'node:buffer'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EvalsError, messageOf } from '../errors.ts'
import { didYouMean } from '../near-names.ts'
import type { DatasetContext } from './dataset.ts'

/** A dataset in a file. Nothing is opened before the first row is asked for, and the file is closed after the last. */
export type FileDataset<Row> = (context: DatasetContext) => AsyncIterable<Row>

const chunkBytes = 64 * 1024

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a directory, not a file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
}

/** An `EVALS_DATASET_UNREADABLE` about a file; `message` says what is wrong with it and what to do. */
export function unreadable(path: string, message: string, cause?: unknown): EvalsError {
  return new EvalsError('EVALS_DATASET_UNREADABLE', `${path}: ${message}`, { cause, details: { path } })
}

/** Throws `EVALS_OPTION_UNKNOWN` for an option that a function such as `fromCsv` does not have. */
export function checkFileOptions(reader: string, options: object, known: readonly string[] = []): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const list = known.length === 0 ? 'It has none.' : `The only one is ${known.join()}.`
  const message = `Unknown option "${unknown}" of ${reader}.${didYouMean(unknown, known)} ${list}`
  throw new EvalsError('EVALS_OPTION_UNKNOWN', message, { details: { option: unknown } })
}

/**
 * Absolute path of a dataset file, which is watched from now on. A relative path is resolved against `root`; a `file:` URL
 * is taken as it is. Throws `EVALS_DATASET_UNREADABLE` for any other URL.
 */
export function datasetPath(path: string | URL, context: DatasetContext): string {
  const file = toPath(path, context.root)
  context.addWatchFile?.(file)
  return file
}

function toPath(path: string | URL, root: string): string {
  if (typeof path === 'string' && !path.startsWith('file:')) return resolve(root, path)
  try {
    return fileURLToPath(path)
  } catch (cause) {
    const problem = `expected a path or a file: URL (${messageOf(cause)})`
    throw unreadable(String(path), `${problem}. Pass a file, or a function that fetches rows, as the dataset.`, cause)
  }
}

/**
 * The text of a UTF-8 file (a byte order mark is dropped), read 64 KiB at a time and only as far as the caller goes.
 * Throws `EVALS_DATASET_UNREADABLE` where the file cannot be read or is not UTF-8.
 */
export async function* readText(path: string): AsyncGenerator<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw notRead(path, cause)
  })
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const buffer = Buffer.allocUnsafe(chunkBytes)
    for (let isEnd = false; !isEnd;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes)
      isEnd = bytesRead === 0
      yield decoder.decode(buffer.subarray(0, bytesRead), { stream: !isEnd })
    }
  } catch (cause) {
    throw notRead(path, cause)
  } finally {
    await file.close()
  }
}

/** The whole text of a file whose format cannot be read piece by piece; errors as {@link readText}. */
export async function readWhole(path: string): Promise<string> {
  let whole = ''
  for await (const text of readText(path)) {
    if (whole.length + text.length > constants.MAX_STRING_LENGTH) {
      throw unreadable(path, 'the file is too large to be read at once. Convert it to JSON Lines.')
    }
    whole += text
  }
  return whole
}

function notRead(path: string, cause: unknown): EvalsError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return unreadable(path, 'expected UTF-8 text, got other bytes. Save the file with the encoding UTF-8.', cause)
  }
  const advice = 'Check the path of the dataset; a relative path starts at the root of the project.'
  return unreadable(path, `cannot read the dataset file: ${reasons[code] ?? messageOf(cause)}. ${advice}`, cause)
}
