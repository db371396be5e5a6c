import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { FileDataset } from './dataset-file.ts'
import { fromCsv } from './from-csv.ts'
import { fromJson } from './from-json.ts'
import { fromJsonl } from './from-jsonl.ts'
import { fromYaml } from './from-yaml.ts'

test.for<[(path: string, options: never) => unknown, object, string]>([
  [
    fromCsv,
    { delimeter: ';' },
    'Unknown option "delimeter" of fromCsv. Did you mean "delimiter"? The only one is delimiter.',
  ],
  [fromJson, { path: 'a' }, 'Unknown option "path" of fromJson. The only one is at.'],
  [fromJsonl, { at: 'a' }, 'Unknown option "at" of fromJsonl. It has none.'],
  [fromYaml, { rows: 'a' }, 'Unknown option "rows" of fromYaml. The only one is at.'],
])('%o refuses %j', ([read, options, message]) => {
  expect(() => read('rows', options as never)).toThrow(
    expect.objectContaining({ code: 'EVALS_OPTION_UNKNOWN', message }),
  )
})

const readers: ((path: string) => FileDataset<unknown>)[] = [fromCsv, fromJson, fromJsonl, fromYaml]

test.for(readers)('%o watches its file, also one that is not there', async (read) => {
  const watched: string[] = []
  const rows = read('rows')({ root: '/nowhere', addWatchFile: (path) => void watched.push(path) })
  await expect(Array.fromAsync(rows)).rejects.toMatchObject({ code: 'EVALS_DATASET_UNREADABLE' })
  expect(watched).toEqual([resolve('/nowhere/rows')])
})
