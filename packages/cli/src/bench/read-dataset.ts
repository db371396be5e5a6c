import { basename, extname } from 'node:path'
import { EvalsError } from '@evals/core'
import { fromCsv, fromJson, fromJsonl, fromYaml, type FileDataset } from '@evals/core/datasets'

/** A row as a file has it. */
export type FileRow = string | Readonly<Record<string, unknown>>

/** A dataset in a file. */
export interface DatasetFile {
  /** The file's name without its extension. */
  readonly name: string
  readonly rows: FileDataset<FileRow>
}

/** One line a format. */
const formats: Readonly<Record<string, (path: string) => FileDataset<FileRow>>> = {
  '.csv': (path) => fromCsv(path),
  '.json': (path) => fromJson(path),
  '.jsonl': (path) => fromJsonl(path),
  '.ndjson': (path) => fromJsonl(path),
  '.yaml': (path) => fromYaml(path),
  '.yml': (path) => fromYaml(path),
}

/**
 * The dataset in a file, by its extension; nothing is read yet.
 * @throws EvalsError `EVALS_USAGE_INVALID`
 */
export function readDataset(path: string): DatasetFile {
  const extension = extname(path)
  const read = formats[extension.toLowerCase()]
  if (read !== undefined) return { name: basename(path, extension), rows: read(path) }
  throw new EvalsError(
    'EVALS_USAGE_INVALID',
    `The dataset ${path} has a name that ends in none of ${Object.keys(formats).join(', ')}.\nThe ending tells the format.`,
  )
}
