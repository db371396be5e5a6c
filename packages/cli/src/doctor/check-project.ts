import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findConfig } from '../init/find-config.ts'
import type { Finding } from './finding.ts'

const oldestNode = [22, 19] as const
const oldestVitest = [4, 1] as const

/** Node, Vitest, the plugin and the config of the project in `folder`. */
export function checkProject(folder: string): Finding[] {
  return [checkNode(), checkVitest(folder), checkPlugin(folder), checkConfig(folder)]
}

function checkNode(): Finding {
  const version = process.versions.node
  const message = `Node ${version}`
  if (isAtLeast(version, oldestNode)) return { check: 'node', state: 'ok', message }
  return { check: 'node', state: 'problem', message, next: `Install Node ${oldestNode.join('.')} or later.` }
}

function checkVitest(folder: string): Finding {
  const version = installedVersion(folder, 'vitest')
  if (version === undefined) {
    const next = 'Install it: npm install --save-dev vitest.'
    return { check: 'vitest', state: 'problem', message: `no Vitest is installed in ${folder}`, next }
  }
  const message = `Vitest ${version}`
  if (isAtLeast(version, oldestVitest)) return { check: 'vitest', state: 'ok', message }
  return { check: 'vitest', state: 'problem', message, next: `Install Vitest ${oldestVitest.join('.')} or later.` }
}

function checkPlugin(folder: string): Finding {
  const version = installedVersion(folder, 'vitest-plugin-evals')
  if (version !== undefined) return { check: 'plugin', state: 'ok', message: `vitest-plugin-evals ${version}` }
  const next = 'Install it: npm install --save-dev vitest-plugin-evals.'
  return { check: 'plugin', state: 'problem', message: `vitest-plugin-evals is not installed in ${folder}`, next }
}

function checkConfig(folder: string): Finding {
  const config = findConfig(folder)
  const next = '`evals init` adds the plugin.'
  if (config === undefined) return { check: 'config', state: 'problem', message: 'there is no Vitest config', next }
  if (readFileSync(join(folder, config), 'utf8').includes('vitest-plugin-evals/config')) {
    return { check: 'config', state: 'ok', message: `${config} has the plugin` }
  }
  // It may import it from another file.
  return { check: 'config', state: 'warning', message: `${config} does not name vitest-plugin-evals/config`, next }
}

function installedVersion(folder: string, name: string): string | undefined {
  const require = createRequire(join(folder, 'package.json'))
  const path = require.resolve
    .paths(name)
    ?.map((parent) => join(parent, name, 'package.json'))
    .find(existsSync)
  return path === undefined ? undefined : (require(path) as { version: string }).version
}

function isAtLeast(version: string, [leastMajor, leastMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}
