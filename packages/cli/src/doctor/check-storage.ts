import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EvalsError, messageOf, type ExperimentStore } from '@evals/core'
import { maskStorageUrl, storageFolder } from '@evals/storage'
import { readProblems } from '../experiment/problems.ts'
import { withStore, type StorageFlags } from '../experiment/storage.ts'
import { counted } from '../terminal/counted.ts'
import type { Finding } from './finding.ts'

/** Whether experiments can be read and written, and which are held by a run. */
export async function checkStorage(flags: StorageFlags, root: string): Promise<Finding[]> {
  try {
    return await withStore(flags, async (store, url) => [
      ...checkFolder(url, root),
      ...(await checkExperiments(store, url)),
    ])
  } catch (error) {
    return [{ check: 'storage', state: 'problem', message: messageOf(error) }]
  }
}

/** Tries to write where the store will be, and leaves nothing behind. */
function checkFolder(url: string, root: string): Finding[] {
  let folder = storageFolder(url, root)
  if (folder === undefined) return []
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    const probe = mkdtempSync(join(folder, '.evals-doctor-'))
    writeFileSync(join(probe, 'probe'), 'probe')
    rmSync(probe, { recursive: true })
    return [{ check: 'folder', state: 'ok', message: `${folder} can be written` }]
  } catch (error) {
    const next = 'Change its permissions, or choose another place with --storage.'
    return [{ check: 'folder', state: 'problem', message: `${folder} cannot be written: ${messageOf(error)}`, next }]
  }
}

async function checkExperiments(store: ExperimentStore, url: string): Promise<Finding[]> {
  const findings: Finding[] = []
  const listings = await store.list({
    onProblem: ({ where, what }) => findings.push({ check: 'storage', state: 'problem', message: `${where}: ${what}` }),
  })
  const count = `${counted(listings.length, 'experiment')} in ${maskStorageUrl(url)}`
  findings.push({ check: 'storage', state: 'ok', message: count })
  for (const { experiment, status, rebuilt } of listings) {
    if (rebuilt !== undefined) {
      const message = `${experiment}: its document was made from the records: ${rebuilt}`
      findings.push({ check: 'storage', state: 'warning', message })
    }
    if (status === 'running') findings.push(await checkLease(store, experiment))
    findings.push(...(await checkRecords(store, experiment)))
  }
  return findings
}

async function checkRecords(store: ExperimentStore, experiment: string): Promise<Finding[]> {
  const { found } = await readProblems(store, experiment)
  const [first] = found
  if (first === undefined) return []
  const count = found.length === 1 ? '1 line cannot be read' : `${found.length} lines cannot be read, the first`
  const message = `${experiment}: ${count}: ${first.where}: ${first.what}`
  const next = 'Each costs only itself; a run that goes on with the experiment runs its sample again.'
  return [{ check: 'records', state: 'warning', message, next }]
}

async function checkLease(store: ExperimentStore, experiment: string): Promise<Finding> {
  try {
    const lease = await store.lease(experiment)
    await lease.release()
  } catch (error) {
    if (EvalsError.isInstance(error) && error.code === 'EVALS_EXPERIMENT_IN_USE') {
      return { check: 'lease', state: 'ok', message: `${experiment} is held by a run: ${error.message}` }
    }
    throw error
  }
  const next = `\`evals run --experiment ${experiment}\` goes on with it.`
  return { check: 'lease', state: 'warning', message: `the last run of ${experiment} was killed`, next }
}
