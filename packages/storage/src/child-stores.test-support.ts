import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChildStores } from '@evals/core/testing'

/**
 * How child processes open a store of this package's sources.
 * @param module path below `src`
 * @param className what the module exports; made with `options` and the writer's name
 */
export function childStores(module: string, className: string, options: object): ChildStores {
  return {
    flags: ['--conditions=@evals/source'],
    // Hundreds of children start faster when the sources are compiled once.
    program: `
      import { enableCompileCache } from 'node:module'
      enableCompileCache()
      const { ${className} } = await import('${pathToFileURL(join(import.meta.dirname, module)).href}')
      const open = async (writer) => new ${className}({ ...${JSON.stringify(options)}, writer })
    `,
  }
}
