import { existsSync } from 'node:fs'
import { join } from 'node:path'

const extensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']

/** Every name of a config, in the order in which Vitest looks for them. */
const configNames = ['vitest', 'vite'].flatMap((tool) => extensions.map((extension) => `${tool}.config.${extension}`))

/** The name of the config that Vitest would take in a folder. */
export function findConfig(folder: string): string | undefined {
  return configNames.find((name) => existsSync(join(folder, name)))
}
