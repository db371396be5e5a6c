import { posix } from 'node:path'
import type { ImportEdge } from './import-edges.ts'

const plugin = 'packages/vitest-plugin-evals/src/'

/** Which process of Vitest a file of the plugin runs in; `undefined`: shared by both. */
function sideOf(path: string): 'worker' | 'main' | undefined {
  const local = path.slice(plugin.length)
  if (/^(channel\/worker|runtime)\//.test(local) || local === 'index.ts') return 'worker'
  return /^(channel\/main|fingerprint|junit|markdown|model-servers|reporter|terminal|ui)\//.test(local) ||
    /^(config|plugin[^/]*)\.ts$/.test(local)
    ? 'main'
    : undefined
}

/** A forbidden edge and why. */
export interface SideViolation {
  readonly edge: ImportEdge
  readonly message: string
}

/**
 * Imports by which code of a Vitest worker (`runtime/`, `channel/worker/`, `index.ts`) reaches code of Vitest's main
 * process (the other folders, `plugin*.ts`, `config.ts`) or the other way round, directly or through shared files.
 */
export function sideViolations(edges: readonly ImportEdge[]): SideViolation[] {
  const graph = new Map<string, ImportEdge[]>()
  for (const edge of edges) {
    if (edge.file.isTest || !edge.file.path.startsWith(plugin)) continue
    graph.set(edge.file.path, [...(graph.get(edge.file.path) ?? []), edge])
  }
  return [...graph.values()].flat().flatMap((edge) => {
    const side = sideOf(edge.file.path)
    if (side === undefined) return []
    const way = pathToOtherSide(edge, side, graph)
    if (way === undefined) return []
    const through = way.length > 1 ? ` through ${way.slice(0, -1).join(', ')}` : ''
    return [{ edge, message: `${side} code reaches ${way.at(-1)}${through}: the sides share record types only` }]
  })
}

function pathToOtherSide(
  start: ImportEdge,
  side: 'worker' | 'main',
  graph: ReadonlyMap<string, readonly ImportEdge[]>,
): string[] | undefined {
  const seen = new Set<string>()
  const walk = (edge: ImportEdge): string[] | undefined => {
    const path = targetOf(edge)
    if (path === undefined || seen.has(path)) return undefined
    seen.add(path)
    const there = sideOf(path)
    if (there !== undefined) return there === side ? undefined : [path.slice(plugin.length)]
    for (const next of graph.get(path) ?? []) {
      const way = walk(next)
      if (way !== undefined) return [path.slice(plugin.length), ...way]
    }
    return undefined
  }
  return walk(start)
}

function targetOf({ file, specifier }: ImportEdge): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(file.path), specifier)
  return path.startsWith(plugin) ? path : undefined
}
