import { resolve } from 'node:path'
import type { Rolldown } from 'tsdown'

type CodeSplitting = Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/**
 * Puts modules that are needed together into one file: each file takes Node about 1 ms to load, in the main process and in
 * every worker.
 * @param groups for each file the sources that must all reach a module by static imports; the first group has it
 */
export function codeSplitting(groups: readonly (readonly string[])[]): CodeSplitting {
  const reach = reachedFrom()
  return {
    groups: groups.map((sources, index) => {
      const heads = sources.map((source) => resolve(source))
      const name = heads.map((head) => head.replace(/^.*\/|\.ts$/g, '')).join('-and-')
      return {
        debugName: name,
        priority: groups.length - index,
        name: (id, modules) => (heads.every((head) => reach(head, modules).has(id)) ? name : null),
      }
    }),
  }
}

function reachedFrom(): (head: string, modules: Modules) => ReadonlySet<string> {
  const known = new Map<string, Set<string>>()
  return (head, modules) => {
    let found = known.get(head)
    if (found !== undefined) return found
    known.set(head, (found = new Set([head])))
    for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
    return found
  }
}
