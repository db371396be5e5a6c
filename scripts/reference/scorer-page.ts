import type { Declaration, Declarations } from './declarations.ts'
import { code, table, toKebab } from './markdown.ts'
import { type Member, membersOf } from './members.ts'
import { scorerExample } from './scorer-example.ts'

const entry = 'packages/core/src/scorers.ts'

/** The pages of all scorers: path → text. */
export function scorerPages(declarations: Declarations): Record<string, string> {
  const scorers = declarations.exportedValues(entry)
  return Object.fromEntries(
    scorers.map((name) => [`docs/scorers/${toKebab(name)}.md`, scorerPage(declarations, name, scorers)]),
  )
}

function scorerPage(declarations: Declarations, name: string, scorers: readonly string[]): string {
  const declaration = declarations.find(entry, name)
  if (declaration === undefined) throw new TypeError(`${name} is declared nowhere`)
  const { docstring, file } = declaration
  for (const part of ['text', 'returns', 'throws', 'example'] as const) {
    if (docstring[part] === '') throw new TypeError(`${file.path}: the docstring of ${name} has no ${part}`)
  }
  const params = Object.entries(docstring.params).filter(([param]) => param !== 'options')
  const sections = [
    `# ${name}`,
    `<!-- Written by \`pnpm docs:generate\` from ${file.path}. -->`,
    docstring.text,
    '<!-- ts\ndeclare const rows: any[], task: (row: any) => any\n-->',
    scorerExample(docstring.example, scorers),
    `## Score\n\n${docstring.returns}`,
    ...params.map(([param, text]) => `## Parameter \`${param}\`\n\n${text}`),
    `## Options\n\n${optionTable(optionsOf(declarations, declaration), docstring.params['options'] ?? '', name)}`,
    `## Errors\n\n${withLinks(docstring.throws)}.`,
    '[All scorers](../scorers.md)',
  ]
  return `${sections.join('\n\n')}\n`
}

/** `EVALS_…` as links to what is told of them. */
function withLinks(throws: string): string {
  return throws
    .replace(/^EvalsError /, '')
    .replaceAll(/`(EVALS_\w+)`/g, (_, name: string) => `[${name}](../errors.md#${name.toLowerCase()})`)
}

/** The members of the type of the parameter `options`. */
function optionsOf(declarations: Declarations, { node, file }: Declaration): Member[] {
  if (node.type !== 'FunctionDeclaration') return []
  for (const param of node.params) {
    const pattern = param.type === 'AssignmentPattern' ? param.left : param
    if (pattern.type !== 'Identifier' || pattern.name !== 'options') continue
    const type = pattern.typeAnnotation?.typeAnnotation
    if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') continue
    const found = declarations.find(file.path, type.typeName.name)
    if (found !== undefined) return membersOf(declarations, found)
  }
  return []
}

function optionTable(members: readonly Member[], param: string, scorer: string): string {
  const presets = new Map(
    [...param.matchAll(/`(\w+)(?: = ([^`]+))?`(?: \(([^)]*)\))?/g)].map(([, option = '', value = '', text = '']) => [
      option,
      code(value) || text,
    ]),
  )
  const names = members.map(({ name }) => name)
  if (members.length === 0 || [...names].sort().join() !== [...presets.keys()].sort().join()) {
    throw new TypeError(`${scorer}: @param options names ${[...presets.keys()].join()}, there are ${names.join()}`)
  }
  return table(
    ['option', 'type', 'default', 'meaning'],
    members.map(({ name, type, required, meaning, default: preset }) => [
      code(name),
      code(type),
      presets.get(name) || preset || (required ? 'required' : 'none'),
      meaning,
    ]),
  )
}
