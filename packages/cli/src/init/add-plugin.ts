import { builders, generateCode, parseModule, type ProxifiedModule } from 'magicast'
import { addVitePlugin, getDefaultExportOptions } from 'magicast/helpers'

const from = 'vitest-plugin-evals/config'

interface VitestConfig {
  readonly test?: { readonly projects?: { push(item: unknown): void } }
}

/**
 * The source of a Vitest config with the plugin added: `evalsProject()` among its projects where it lists some, else
 * `evals()` among its plugins. `undefined` where the config is not of a form that can be changed safely.
 */
export function addPlugin(source: string): string | undefined {
  try {
    const module = parseModule(source)
    if (isTaken(module, source)) return undefined
    const name = add(module)
    const { code } = generateCode(module)
    // Of a config made by a function nothing but the import is changed.
    return code.includes(`${name}()`) ? `${code.trim()}\n` : undefined
  } catch {
    // Whatever the form is, there is only one thing to do about it: tell what to add by hand.
    return undefined
  }
}

/** Whether the config has something else by the name of what is to be imported. */
function isTaken(module: ProxifiedModule, source: string): boolean {
  const isImported = module.imports.$items.some(({ local }) => local === 'evals' || local === 'evalsProject')
  return isImported || /\b(?:const|let|var|function|class)\s+evals(?:Project)?\b/.test(source)
}

function add(module: ProxifiedModule): string {
  const { test } = getDefaultExportOptions(module) as VitestConfig
  if (test?.projects === undefined) {
    addVitePlugin(module, { from, imported: 'evals', constructor: 'evals' })
    return 'evals'
  }
  module.imports.$prepend({ from, imported: 'evalsProject' })
  test.projects.push(builders.functionCall('evalsProject'))
  return 'evalsProject'
}
