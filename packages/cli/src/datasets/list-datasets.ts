import { globSync } from 'node:fs'
import { datasets, type DatasetInfo } from '@evals/core/datasets'
import pc from 'picocolors'
import type { DatasetsFlags } from '../commands/datasets.ts'
import { loadModule } from '../experiment/load-module.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'
import { renderTable } from '../terminal/table.ts'

const usual = '**/*.dataset.{ts,mts,js,mjs}'

/**
 * Lists the datasets that modules of the project define; none of them is loaded.
 * @throws EvalsError `EVALS_MODULE_UNREADABLE`
 */
export async function listDatasets({ verbose, name = '', file, json }: DatasetsFlags): Promise<void> {
  const files = file ?? globSync(usual, { exclude: ['**/node_modules/**', '**/.*/**'] }).toSorted()
  for (const each of files) await loadModule(each)
  const all = datasets().map(({ info }) => info)
  const infos = all.filter((info) => info.name.includes(name))
  if (json) writeJson(infos)
  else if (infos.length === 0) write(nothingToList({ files: files.length, defined: all.length, name }))
  else if (verbose) write(infos.map(describe).join('\n'))
  else write(renderTable([{ name: 'dataset' }, { name: 'splits' }, { name: 'columns' }], infos.map(toRow)))
}

function nothingToList({ files, defined, name }: { files: number; defined: number; name: string }): string {
  if (defined > 0) return `None of ${defined} datasets has ${JSON.stringify(name)} in its name.\n`
  if (files > 0) return 'The modules define no dataset: `defineDataset` of vitest-plugin-evals/datasets does.\n'
  return `There is no file ${usual} here; --file names other modules.\n`
}

function toRow({ name, splits = [], columns = [] }: DatasetInfo): string[] {
  return [oneLine(name), splits.map((split) => oneLine(split)).join(', '), String(columns.length || '–')]
}

function describe({ name, description, splits, split, columns, revision }: DatasetInfo): string {
  const facts: [string, string | undefined][] = [
    ['splits', splits?.map((each) => (each === split ? `${each} (read unless another is named)` : each)).join(', ')],
    ['columns', columns?.join(', ')],
    ['revision', revision],
  ]
  const about = description === undefined ? '' : `   ${oneLine(description)}\n`
  const lines = facts.map(([label, text]) => (text === undefined ? '' : `   ${label.padEnd(9)} ${oneLine(text)}\n`))
  return ` ${pc.bold(oneLine(name))}\n${about}${lines.join('')}`
}
