import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { planInit } from '../init/changes.ts'
import { confirm } from '../terminal/confirm.ts'
import { write } from '../terminal/output.ts'

export function defineInit(command: Command): void {
  command.option('--yes', 'do not ask before a file is written').action(init)
}

async function init({ yes = false }: { readonly yes?: boolean }): Promise<void> {
  const folder = process.cwd()
  const { changes, notes } = planInit(folder)
  for (const { path, kind, content } of changes) {
    if (!yes) write(`\n${path}:\n${content.replaceAll(/^/gm, '  | ')}\n`)
    if (!(await confirm(kind === 'create' ? `Create ${path}?` : `Change ${path}?`, yes))) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    write(`${kind === 'create' ? 'Created' : 'Changed'} ${path}\n`)
  }
  for (const text of notes) write(`${text}\n`)
  write('Run the evals: npm run evals\n')
}
