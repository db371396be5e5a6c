import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import vite from 'vite/package.json' with { type: 'json' }
import vitest from 'vitest/package.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')

/**
 * Packs the built packages and installs them into the empty `folder`, as a user's project would have them.
 * @param others what else is installed: name → version
 */
export function installPackedProject(folder: string, others: Readonly<Record<string, string>> = {}): void {
  run(root, 'pnpm', ['--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder])
  const tarballs = globSync('packages/*/package.json', { cwd: root }).map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string; version: string }
    return [name, `file:${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`] as const
  })
  const versions = { vite: vite.version, vitest: vitest.version, ...others }
  const dependencies = { ...Object.fromEntries(tarballs), ...versions }
  writeFiles(folder, { 'package.json': JSON.stringify({ private: true, type: 'module', dependencies }) })
  run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Writes `files` (path → text) into `folder`. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function run(cwd: string, command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
