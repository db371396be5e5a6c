import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import type { Program } from 'oxc-parser'

/** A TypeScript file of a package, parsed. */
export interface SourceFile {
  /** Path relative to the root, with `/`. */
  readonly path: string
  /** The folder under `packages/`. */
  readonly package: string
  readonly isTest: boolean
  readonly program: Program
  /** 1-based line of an offset. */
  lineOf(offset: number): number
}

/** Every TypeScript file below `packages/<name>/src`, sorted by path. Throws for a file that does not parse. */
export function readSourceFiles(root: string): SourceFile[] {
  const paths = globSync('packages/*/src/**/*.{ts,tsx,mts}', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  return paths.sort().map((path) => readSourceFile(root, path))
}

function readSourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`)
  return {
    path,
    package: path.split('/')[1] ?? '',
    isTest: /\.(test|test-d|test-support|bench)\.[^/]+$/.test(path),
    program,
    lineOf: (offset) => text.slice(0, offset).split('\n').length,
  }
}
