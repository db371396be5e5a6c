import type { Command } from 'commander'
import type { ExperimentStore } from '@evals/core'
import { openStore } from '@evals/storage'

const defaultStorage = 'json://.evals'

/** Options of commands that read a store. */
export interface StorageFlags {
  readonly storage?: string
}

/** Adds `--storage`. */
export function addStorageOption(command: Command): Command {
  return command.option('--storage <url>', `where experiments are kept (default: EVALS_STORAGE or ${defaultStorage})`)
}

/** The URL of the store: the option, else what a run would take from the environment or an `.env` file, else the default. */
export async function storageUrl({ storage }: StorageFlags): Promise<string> {
  if (storage !== undefined) return storage
  const { loadEnvFiles } = await import('vitest-plugin-evals/cli')
  loadEnvFiles(process.cwd())
  return process.env['EVALS_STORAGE'] || defaultStorage
}

/**
 * Opens the store, does something with it and closes it.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`, and what `work` throws
 */
export async function withStore<Result>(
  flags: StorageFlags,
  work: (store: ExperimentStore, url: string) => Promise<Result>,
): Promise<Result> {
  const url = await storageUrl(flags)
  const store = await openStore(url, { root: process.cwd(), writer: 'cli' })
  try {
    return await work(store, url)
  } finally {
    await store.close()
  }
}
