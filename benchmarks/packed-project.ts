import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import vite from 'vite/package.json' with { type: 'json' }
import vitest from 'vitest/package.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')

/** What npm is to install: name → version, or the path of a tarball. */
export type Dependencies = Readonly<Record<string, string>>

/** Vitest and Vite in the versions of this repository. */
export const vitestVersions: Dependencies = { vite: vite.version, vitest: vitest.version }

/**
 * Packs the built packages and installs them into the empty `folder`, as a user's project would have them.
 * @param others what else is installed
 */
export function installPackedProject(folder: string, others: Dependencies = {}): void {
  run(root, 'pnpm', ['--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder])
  npmInstall(folder, { ...tarballs(folder), ...vitestVersions, ...others })
}

/** The tarballs that `installPackedProject` left in its folder, as dependencies; all, or those of some packages. */
export function tarballs(folder: string, names?: readonly string[]): Dependencies {
  const packed = globSync('packages/*/package.json', { cwd: root }).map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string; version: string }
    return [name, `file:${join(folder, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`)}`] as const
  })
  return Object.fromEntries(packed.filter(([name]) => names === undefined || names.includes(name)))
}

/** Installs `dependencies` into `folder`, which gets a `package.json` with these. */
export function npmInstall(folder: string, dependencies: Dependencies): void {
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
