import type { Command } from 'commander'
import pc from 'picocolors'
import { checkProject } from '../doctor/check-project.ts'
import { checkProviders } from '../doctor/check-providers.ts'
import { checkStorage } from '../doctor/check-storage.ts'
import type { Finding } from '../doctor/finding.ts'
import { addStorageOption, storageUrl, type StorageFlags } from '../experiment/storage.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'

interface DoctorFlags extends StorageFlags {
  readonly online?: true
  readonly json?: true
}

const marks = { ok: pc.green('✓'), warning: pc.yellow('!'), problem: pc.red('✗') }

export function defineDoctor(command: Command): void {
  addStorageOption(command)
    .option('--online', 'also ask the servers of providers that have a key whether they answer')
    .option('--json', 'print one JSON document')
    .action(examine)
}

async function examine(flags: DoctorFlags): Promise<void> {
  const folder = process.cwd()
  // Loads the .env files, which may hold keys.
  const storage = await storageUrl(flags)
  const findings = [
    ...checkProject(folder),
    ...(await checkProviders(process.env, flags.online === true)),
    ...(await checkStorage({ storage }, folder)),
  ]
  if (flags.json) writeJson(findings)
  else write(findings.map(render).join(''))
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 2
}

function render({ state, check, message, next }: Finding): string {
  const line = ` ${marks[state]} ${oneLine(check).padEnd(10)} ${oneLine(message)}\n`
  return next === undefined ? line : `${line}   ${''.padEnd(10)} ${pc.dim(oneLine(next))}\n`
}
