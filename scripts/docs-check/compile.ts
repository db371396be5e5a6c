import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the compiler says of a file in the folder. */
export interface CompilerError {
  /** Relative to the folder. */
  readonly path: string
  readonly line: number
  readonly text: string
}

/**
 * Type-checks the modules in a folder by the repository's rules, but for those that say how a package's source is to be
 * written.
 * @throws Error where the compiler ends without saying anything of a file
 */
export function compile(repository: string, folder: string): CompilerError[] {
  const config = {
    extends: join(repository, 'tsconfig.json'),
    compilerOptions: {
      declaration: false,
      isolatedDeclarations: false,
      isolatedModules: false,
      verbatimModuleSyntax: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    include: ['**/*.ts', '**/*.tsx', join(repository, 'packages/*/src/**/*.d.ts')],
    exclude: ['node_modules'],
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { stdout, stderr, status } = spawnSync(
    join(repository, 'node_modules/.bin/tsc'),
    ['-p', folder, '--pretty', 'false'],
    { cwd: folder, encoding: 'utf8' },
  )
  const found = [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): (.*)$/gm)]
  if (status !== 0 && found.length === 0) throw new Error(`tsc ended with ${status}: ${stdout}${stderr}`)
  return found.map(([, path = '', line = '', text = '']) => ({ path, line: Number(line), text }))
}
