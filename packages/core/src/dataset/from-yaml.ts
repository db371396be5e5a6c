import type { Document, ParsedNode, YAMLSeq } from 'yaml'
import { messageOf } from '../errors.ts'
import { checkFileOptions, datasetPath, readWhole, unreadable, type FileDataset } from './dataset-file.ts'
import { checkRow, rowInvalid } from './dataset-row.ts'

/** Options of {@link fromYaml}. */
export interface FromYamlOptions {
  /** Where in the document the rows are, as a path of keys: `data.rows`. Default: the document is the list. */
  readonly at?: string
}

/**
 * Rows of a YAML 1.2 file (UTF-8): a list, at the top or at `at`, or several documents (`---`), each of them a row; an
 * empty document is skipped. Merge keys (`<<`) are followed; a date stays a string. The file is read at once.
 *
 * The type argument describes the rows; it is not checked.
 *
 * @param path relative to the root of the Vitest project, absolute, or a `file:` URL
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`; while rows are read: `EVALS_DATASET_UNREADABLE` for a file that cannot be
 * read, is not YAML (with `path:line`) or has no list there, `EVALS_DATASET_ROW_INVALID` with `path:line` for a row that
 * is neither object nor string
 */
export function fromYaml<Row extends object | string = Record<string, unknown>>(
  path: string | URL,
  options: FromYamlOptions = {},
): FileDataset<Row> {
  checkFileOptions('fromYaml', options, ['at'])
  const { at = '' } = options
  return async function* rows(context) {
    const file = datasetPath(path, context)
    for (const { place, read } of await parseRows(file, at)) yield checkRow<Row>(readValue(read, place), place)
  }
}

interface YamlRow {
  readonly place: string
  readonly read: () => unknown
}

async function parseRows(file: string, at: string): Promise<readonly YamlRow[]> {
  const { isAlias, isCollection, isScalar, isSeq, LineCounter, parseAllDocuments } = await import('yaml')
  const lines = new LineCounter()
  const placeAt = (offset: number): string => `${file}:${lines.linePos(offset).line}`
  const options = { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'error' } as const
  const parsed = [...parseAllDocuments(await readWhole(file), options)]
  // An unknown tag is only a warning of the parser, but the row would silently lose what the tag meant.
  const [problem] = parsed.flatMap((document) => [...document.errors, ...document.warnings])
  if (problem !== undefined) {
    throw unreadable(placeAt(problem.pos[0]), `expected YAML, got: ${problem.message}. Correct the file.`, problem)
  }
  const rowOf = (node: ParsedNode, document: Document): YamlRow => ({
    place: placeAt(node.range[0]),
    read: () => node.toJS(document) as unknown,
  })
  const documents = parsed.filter(({ contents }) => !(isScalar(contents) && contents.value === null))
  if (documents.length !== 1 && at === '') {
    return documents.map((document) => rowOf(document.contents as ParsedNode, document))
  }
  const [document] = documents
  const followed = (node: unknown): unknown => (isAlias(node) ? node.resolve(document!) : node)
  let found: unknown = documents.length === 1 ? document!.contents : undefined
  for (const key of at === '' ? [] : at.split('.')) {
    found = isCollection(found) ? followed(found.get(key, true)) : undefined
  }
  if (isSeq<ParsedNode>(found)) {
    const values = convertTogether(found, document!)
    const rows = found.items.map((item) => rowOf(item, document!))
    // Rows do not share what several of them name.
    return values === undefined
      ? rows
      : rows.map(({ place }, index) => ({ place, read: () => structuredClone(values[index]) }))
  }
  throw unreadable(
    file,
    at === '' ? noListAtTop : `expected one document with a list of rows at "${at}". Correct \`at\`.`,
  )
}

const noListAtTop =
  'expected a list of rows or several documents, found one document that is no list. Write every row as an item of a ' +
  'list, with `- ` before it, or say where the list is with the option `at`.'

/** How often an anchor may be followed in a row, counted with what is followed inside it; what the parser takes itself. */
const mostAliases = 100

/**
 * All rows at once, since each conversion that follows an alias walks the whole document; `undefined` where one of them
 * cannot be converted, or follows so many aliases that only a look at each row can tell.
 */
function convertTogether(list: YAMLSeq<ParsedNode>, document: Document): readonly unknown[] | undefined {
  try {
    return list.toJS(document, { maxAliasCount: mostAliases * list.items.length }) as readonly unknown[]
  } catch {
    return undefined
  }
}

function readValue(read: () => unknown, place: string): unknown {
  try {
    return read()
  } catch (cause) {
    throw rowInvalid(place, `expected a YAML value, got: ${messageOf(cause)}. Correct the row.`, cause)
  }
}
