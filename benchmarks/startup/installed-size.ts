import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What `npm install` put into a folder. */
export interface InstalledSize {
  readonly packages: number
  /** Of all files; blocks of the file system are not counted. */
  readonly bytes: number
}

/** A package that one folder has and another has not. */
export interface AddedPackage {
  /** Its folder below `node_modules`. */
  readonly path: string
  readonly version: string
  /** Without packages nested in it. */
  readonly bytes: number
}

/** The packages of the folder `of`, the greatest first; of these only what the folder `beyond`, if given, has not. */
export function addedPackages(of: string, beyond?: string): AddedPackage[] {
  const known = beyond === undefined ? new Map<string, string>() : installedPackages(beyond)
  return [...installedPackages(of)]
    .filter(([path, version]) => known.get(path) !== version)
    .map(([path, version]) => ({ path, version, bytes: bytesOf(join(of, 'node_modules', path)) }))
    .toSorted((a, b) => b.bytes - a.bytes)
}

/** Packages and bytes of some of them together. */
export function sizeOf(packages: readonly AddedPackage[]): InstalledSize {
  return { packages: packages.length, bytes: packages.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Path below `node_modules` → version, as npm notes them. */
function installedPackages(folder: string): Map<string, string> {
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version: string }>>
  }
  return new Map(
    Object.entries(lock.packages).map(([path, { version }]) => [path.slice('node_modules/'.length), version]),
  )
}

function bytesOf(folder: string): number {
  return globSync('**/*', { cwd: folder, withFileTypes: true, exclude: ['node_modules'] })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
