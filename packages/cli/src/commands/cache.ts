import type { Command } from 'commander'
import type { CacheStats } from '@evals/core'
import { maskStorageUrl, openCache } from '@evals/storage'
import { addStorageOption, storageUrl, type StorageFlags } from '../experiment/storage.ts'
import { confirm } from '../terminal/confirm.ts'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'

export function defineCache(command: Command): void {
  addStorageOption(command.command('stats').description('how many answers are kept, by model'))
    .option('--json', 'print one JSON document')
    .action(showStats)
  addStorageOption(command.command('clear').description('remove all answers'))
    .option('--yes', 'do not ask')
    .action(clear)
}

async function showStats(flags: StorageFlags & { readonly json?: true }): Promise<void> {
  const { place, cache } = await open(flags)
  const stats = await cache.stats()
  if (flags.json) writeJson(stats)
  else if (stats.entries === 0) write(`The cache of ${place} is empty.\n`)
  else await writeStats(stats)
}

async function writeStats(stats: CacheStats): Promise<void> {
  const { renderTable } = await import('../terminal/table.ts')
  const rows = [...stats.models, { model: 'all', entries: stats.entries, bytes: stats.bytes }]
  write(
    renderTable(
      [{ name: 'model' }, { name: 'answers', align: 'right' }, { name: 'size', align: 'right' }],
      rows.map(({ model, entries, bytes }) => [oneLine(model), entries.toLocaleString('en'), formatBytes(bytes)]),
    ),
  )
}

async function clear(flags: StorageFlags & { readonly yes?: true }): Promise<void> {
  const { place, cache } = await open(flags)
  const { entries } = await cache.stats()
  const answers = counted(entries, 'answer')
  const question = `Remove ${answers} from the cache of ${place}? They would have to be paid for again.`
  if (!(await confirm(question, flags.yes === true))) {
    write('Nothing was removed.\n')
    return
  }
  await cache.clear()
  write(`Removed ${answers}.\n`)
}

async function open(flags: StorageFlags): Promise<{ place: string; cache: Awaited<ReturnType<typeof openCache>> }> {
  const url = await storageUrl(flags)
  return { place: maskStorageUrl(url), cache: await openCache(url, { root: process.cwd() }) }
}

function formatBytes(bytes: number): string {
  const exponent = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** exponent
  return `${exponent === 0 ? value : value.toFixed(1)} ${['B', 'kB', 'MB', 'GB'][exponent] ?? ''}`
}
