import { builders, generateCode, parseModule, type ProxifiedModule } from 'magicast'
import { addVitePlugin, getConfigFromVariableDeclaration, getDefaultExportOptions } from 'magicast/helpers'

const from = 'vitest-plugin-evals/config'

/** What a config calls to have evals. */
type PluginName = 'evals' | 'evalsProject'

interface VitestConfig {
  readonly $type?: string
  readonly test?: { readonly projects?: { push(item: unknown): void } }
}

/**
 * The source of a Vitest config with the plugin added: `evalsProject()` among its projects where it lists some, else
 * `evals()` among its plugins. `undefined` where the config is not of a form that can be changed safely.
 */
export function addPlugin(source: string): string | undefined {
  try {
    const added = addTo(source.replaceAll('\r\n', '\n'))
    return source.includes('\r\n') ? added?.replaceAll('\n', '\r\n') : added
  } catch {
    // Whatever the form is, there is only one thing to do about it: tell what to add by hand.
    return undefined
  }
}

function addTo(source: string): string | undefined {
  const before = parseModule(source)
  const { test } = getDefaultExportOptions(before) as VitestConfig
  const name = test?.projects === undefined ? 'evals' : 'evalsProject'
  if (isTaken(before, source)) return undefined
  const module = parseModule(withImport(before, source, name))
  if (!addCall(module, name)) return undefined
  // Tabs count as four columns where they are read.
  const format = /^\t/m.test(source) ? { useTabs: true, tabWidth: 4 } : {}
  const { code } = generateCode(module, { lineTerminator: '\n', format })
  // Of a config made by a function nothing but the import is changed.
  return code.includes(`${name}()`) ? `${code.trim()}\n` : undefined
}

/** Whether the config has something else by the name of what is to be imported. */
function isTaken(module: ProxifiedModule, source: string): boolean {
  const isImported = module.imports.$items.some(({ local }) => local === 'evals' || local === 'evalsProject')
  return isImported || /\b(?:const|let|var|function|class)\s+evals(?:Project)?\b/.test(source)
}

/** The import stands below the others: what a file begins with, such as `/// <reference … />`, has to stay there. */
function withImport({ $ast: program }: ProxifiedModule, source: string, name: PluginName): string {
  const statements = program.type === 'Program' ? program.body : []
  const above = statements.findLast(({ type }) => type === 'ImportDeclaration')?.loc?.end.line ?? 0
  const lines = source.split('\n')
  const quote = source.includes(`from "`) ? '"' : "'"
  const end = lines[above - 1]?.endsWith(';') ? ';' : ''
  return lines.toSpliced(above, 0, `import { ${name} } from ${quote}${from}${quote}${end}`).join('\n')
}

/** @returns false where the call might take the place of what is there */
function addCall(module: ProxifiedModule, name: PluginName): boolean {
  const options = getDefaultExportOptions(module) as VitestConfig
  if (name === 'evalsProject') {
    options.test?.projects?.push(builders.functionCall(name))
    return true
  }
  const config: unknown = options.$type === 'identifier' ? getConfigFromVariableDeclaration(module).config : options
  if (mayHaveOtherPlugins(config)) return false
  return addVitePlugin(module, { from, imported: name, constructor: name })
}

/** A `...base` may have plugins, too: a list of plugins after it replaces them, and is replaced by those of one below. */
function mayHaveOtherPlugins(config: unknown): boolean {
  const { $ast } = config as { readonly $ast: { readonly properties: readonly ConfigProperty[] } }
  const own = $ast.properties.findIndex(({ key }) => key?.name === 'plugins' || key?.value === 'plugins')
  return $ast.properties.slice(own + 1).some(({ type }) => type === 'SpreadElement')
}

interface ConfigProperty {
  readonly type: string
  readonly key?: { readonly name?: string; readonly value?: unknown }
}
