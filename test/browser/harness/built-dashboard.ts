import { join } from 'node:path'
import { build } from 'vite'

const folder = join(import.meta.dirname, '../../../packages/dashboard')

/** Builds the page that the tests look at. */
export async function setup(): Promise<void> {
  await build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' })
}
