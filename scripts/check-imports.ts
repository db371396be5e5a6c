// Checks who imports whom in packages/*/src: `node scripts/check-imports.ts [root]`.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importEdges } from './import-edges.ts'
import type { ImportEdge } from './import-edges.ts'
import { violation } from './import-rules.ts'
import type { PackageFacts, Packages } from './import-rules.ts'
import { sideViolations } from './plugin-sides.ts'
import { readSourceFiles } from './source-files.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const files = readSourceFiles(root)
const edges = files.flatMap(importEdges)
const packages = readPackages()

const problems = edges.flatMap((edge) => {
  const message = violation(edge, packages)
  return message === undefined ? [] : [at(edge, message)]
})
problems.push(...sideViolations(edges).map(({ edge, message }) => at(edge, message)))
problems.push(...edges.filter(isUpward).map((edge) => at(edge, 'terminal/ may not import reporter/')))
if (edges.length === 0) problems.push('no import found: the check looks at the wrong folder')

for (const problem of problems) console.error(problem)
console.log(`checked ${edges.length} import edges in ${files.length} files`)
process.exitCode = problems.length > 0 ? 1 : 0

/** What is printed is given to `terminal/`. */
function isUpward({ file, specifier }: ImportEdge): boolean {
  return !file.isTest && file.path.includes('/src/terminal/') && specifier.startsWith('../reporter/')
}

function at(edge: ImportEdge, message: string): string {
  return `${edge.file.path}:${edge.line}: ${message}`
}

function readPackages(): Packages {
  const atRoot = readManifest('package.json')
  const folders = globSync('packages/*/package.json', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  return new Map(folders.sort().map((path) => [path.split('/')[1] ?? '', factsOf(readManifest(path), atRoot)]))
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest
}

function factsOf(manifest: Manifest, atRoot: Manifest): PackageFacts {
  const { name, dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest
  const published = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })
  const development = Object.keys({ ...devDependencies, ...atRoot.devDependencies })
  return { name, published: new Set(published), installed: new Set([...published, ...development]) }
}
