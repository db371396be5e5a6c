import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')

/** Builds the page that the tests look at as it is published; under Vitest's own `NODE_ENV` it would be another. */
export async function setup(): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [vite, 'build', 'packages/dashboard'], { cwd: root, env })
}
