import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { ImportEdge } from './import-edges.ts'

/** How one package may import another: not at all, freely, its types only, or by `import()` only. */
type Permission = 'no' | 'yes' | 'types' | 'lazily'

/** Who may import whom; a package that is not named in a row may not be imported. Folder names under `packages/`. */
const importTable: Readonly<Record<string, Readonly<Record<string, Permission>>>> = {
  core: {},
  providers: { core: 'yes' },
  storage: { core: 'yes' },
  'vitest-plugin-evals': { core: 'yes', storage: 'yes', cli: 'lazily' },
  cli: { core: 'yes', providers: 'yes', storage: 'yes', 'vitest-plugin-evals': 'lazily', dashboard: 'types' },
  dashboard: { core: 'types' },
}

/** What these import is in what is built of them, so nobody has to install it. */
const bundled: ReadonlySet<string> = new Set(['dashboard'])

/** What the rules need to know of a package. */
export interface PackageFacts {
  readonly name: string
  /** `dependencies`, `peerDependencies` and `optionalDependencies`. */
  readonly published: ReadonlySet<string>
  /** Those and the development dependencies, the root's included: what a test may import. */
  readonly installed: ReadonlySet<string>
}

/** The packages by their folder under `packages/`. */
export type Packages = ReadonlyMap<string, PackageFacts>

/** Why an import is not allowed, or `undefined`. The runtime/reporter rule is in `plugin-sides.ts`. */
export function violation(edge: ImportEdge, packages: Packages): string | undefined {
  const { file, specifier } = edge
  if (specifier.startsWith('.')) return relativeViolation(edge)
  const owner = packages.get(file.package)
  if (owner === undefined) return `packages/${file.package} has no package.json`
  const name = packageName(specifier)
  if (name === owner.name) return `'${specifier}' is this package itself: use a relative path`
  if (file.package === 'core' && !file.isTest && isForbiddenInCore(specifier)) {
    return `core is pure: it may not import '${specifier}'`
  }
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? undefined : `write 'node:${specifier}'`
  const target = [...packages].find(([, facts]) => facts.name === name)?.[0]
  const denied = target === undefined || file.isTest ? undefined : tableViolation(edge, target)
  const declared = file.isTest || bundled.has(file.package) ? owner.installed : owner.published
  return (
    denied ?? (declared.has(name) ? undefined : `'${name}' is not declared in packages/${file.package}/package.json`)
  )
}

function relativeViolation({ file, specifier }: ImportEdge): string | undefined {
  const home = `packages/${file.package}/`
  const target = posix.join(posix.dirname(file.path), specifier)
  const leaves = file.isTest ? target.startsWith('packages/') && !target.startsWith(home) : !target.startsWith(home)
  return leaves ? `'${specifier}' leaves the package: import the other package by its name` : undefined
}

function tableViolation({ file, specifier, kind }: ImportEdge, target: string): string | undefined {
  const row = importTable[file.package]
  if (row === undefined) return `packages/${file.package} has no row in the import table`
  const permission = row[target] ?? 'no'
  if (permission === 'yes') return undefined
  if (permission === 'types') return kind === 'type' ? undefined : `only types may come from '${specifier}'`
  if (permission === 'lazily') return kind === 'static' ? `'${specifier}' may only be loaded by import()` : undefined
  return `${file.package} may not import ${target}`
}

const sockets = new Set(['net', 'http', 'https', 'http2', 'tls', 'dgram'])

function isForbiddenInCore(specifier: string): boolean {
  return /^(vitest|vite|@vitest)(\/|$)/.test(specifier) || sockets.has(specifier.replace(/^node:/, ''))
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
