import module from 'node:module'
import type { TestProject, Vitest } from 'vitest/node'

/**
 * Lets Node keep on disk what it compiles of the engine and of Vitest's workers, so that the next start is faster. As with
 * Vitest's own workers, V8's coverage goes without: it needs positions that compiled code has lost.
 * `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
export function keepCompiled({ config }: Vitest, project: TestProject): void {
  if (config.coverage.enabled && config.coverage.provider !== 'istanbul') return
  const { directory } = module.enableCompileCache()
  if (directory !== undefined) project.config.env = { NODE_COMPILE_CACHE: directory, ...project.config.env }
}
