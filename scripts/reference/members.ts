import type {
  TSInterfaceDeclaration,
  TSPropertySignature,
  TSType,
  TSTypeName,
  TSTypeParameterInstantiation,
} from 'oxc-parser'
import { commentBefore, type Declaration, type Declarations, type ParsedFile } from './declarations.ts'
import { readDocstring, unwrap } from './docstring.ts'

/** A member of an interface, as its docstring tells it. */
export interface Member {
  readonly name: string
  /** As the source has it; short aliases are written out. */
  readonly type: string
  readonly required: boolean
  /** Without what it says of the default. */
  readonly meaning: string
  /** What stands behind `Default `; empty where nothing does. */
  readonly default: string
}

const longestAlias = 100

/** The members of an interface, its own ones first, then those it inherits. */
export function membersOf(declarations: Declarations, declaration: Declaration): Member[] {
  const { node, file } = declaration
  if (node.type === 'TSTypeAliasDeclaration') {
    const { typeAnnotation: type } = node
    return type.type === 'TSTypeReference' ? inherited(declarations, file, { name: type.typeName }) : []
  }
  if (node.type !== 'TSInterfaceDeclaration') return []
  const own = node.body.body.flatMap((member) =>
    member.type === 'TSPropertySignature' ? [readMember(declarations, file, member)] : [],
  )
  const more = heritage(node).flatMap((parent) => inherited(declarations, file, parent))
  return [...own, ...more.filter(({ name }) => !own.some((member) => member.name === name))]
}

interface Parent {
  readonly name: TSTypeName
  readonly args?: TSTypeParameterInstantiation | null | undefined
}

function heritage({ extends: parents }: TSInterfaceDeclaration): Parent[] {
  return parents.flatMap(({ expression, typeArguments }) =>
    expression.type === 'Identifier' ? [{ name: expression, args: typeArguments }] : [],
  )
}

/** The members of the interface that a reference names; of `Omit<Interface, names>` without these. */
function inherited(declarations: Declarations, file: ParsedFile, { name, args }: Parent): Member[] {
  if (name.type !== 'Identifier') return []
  const [base, omitted] = args?.params ?? []
  if (name.name === 'Omit' && base?.type === 'TSTypeReference') {
    const without = omitted === undefined ? '' : source(file, omitted)
    return inherited(declarations, file, { name: base.typeName }).filter(
      (member) => !without.includes(`'${member.name}'`),
    )
  }
  const found = declarations.find(file.path, name.name)
  return found === undefined ? [] : membersOf(declarations, found)
}

function readMember(declarations: Declarations, file: ParsedFile, member: TSPropertySignature): Member {
  const { text } = readDocstring(commentBefore(file, member.start))
  const [, meaning = '', preset = ''] = /^(.*?)(?:(?:^| )Default:? ([^]*?)\.?)?$/s.exec(unwrap(text)) ?? []
  const type = member.typeAnnotation?.typeAnnotation
  return {
    name: member.key.type === 'Identifier' ? member.key.name : '',
    type: type === undefined ? 'unknown' : typeText(declarations, file, type),
    required: !member.optional,
    meaning: meaning.replace(/;$/, '.'),
    default: preset,
  }
}

function typeText(declarations: Declarations, file: ParsedFile, type: TSType): string {
  if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
    const alias = declarations.find(file.path, type.typeName.name)
    if (alias?.node.type === 'TSTypeAliasDeclaration' && alias.node.typeParameters === null) {
      const text = typeText(declarations, alias.file, alias.node.typeAnnotation)
      if (text.length <= longestAlias) return text
    }
  }
  return source(file, type)
}

function source({ text }: ParsedFile, { start, end }: { readonly start: number; readonly end: number }): string {
  return unwrap(text.slice(start, end)).replaceAll('readonly ', '').replace(/^\| /, '')
}
