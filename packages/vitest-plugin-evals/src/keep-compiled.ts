import module from 'node:module'
import type { TestProject, Vitest } from 'vitest/node'

/** Where it is; Node tells it without the part of its version only once. */
let folder: string | undefined

/**
 * Lets Node keep on disk what it compiles of the engine and of Vitest's workers, so that the next start is faster. As with
 * Vitest's own workers, V8's coverage goes without: it needs positions that compiled code has lost.
 * `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
export function keepCompiled({ config }: Vitest, project: TestProject): void {
  if (config.coverage.enabled && config.coverage.provider !== 'istanbul') return
  // Workers have the environment of the main process.
  if (process.env['NODE_COMPILE_CACHE'] !== undefined) return
  folder ??= module.enableCompileCache().directory
  if (folder !== undefined) project.config.env = { NODE_COMPILE_CACHE: folder, ...project.config.env }
}
