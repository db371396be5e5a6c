import { code, table } from './markdown.ts'

/** The part of a JSON Schema that a table of its fields tells. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly $ref?: string
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly properties?: Readonly<Record<string, Schema | boolean>>
  readonly oneOf?: readonly Schema[]
  readonly required?: readonly string[]
  readonly description?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}

/** The fields of an object: name, type, meaning. */
export function fieldTable({ properties = {}, required = [] }: Schema): string {
  return table(
    ['field', 'type', 'meaning'],
    Object.entries(properties).map(([name, field]) => {
      if (typeof field === 'boolean' || field.description === undefined) throw new TypeError(`${name} is not described`)
      return [code(name), `${typeText(field)}${required.includes(name) ? '' : ', or absent'}`, field.description]
    }),
  )
}

/** The kinds of an object that are told apart by `type`: what else each has, and what it means. */
export function kindTable({ oneOf: kinds = [], properties: common = {} }: Schema): string {
  return table(
    ['type', 'fields', 'meaning'],
    kinds.map(({ properties = {}, required = [], description = '' }) => {
      const fields = Object.entries(properties).filter(([name]) => name !== 'type' && !(name in common))
      const details = fields.flatMap(([name, field]) =>
        typeof field === 'object' && field.description !== undefined ? [`\`${name}\`: ${field.description}`] : [],
      )
      return [
        typeof properties['type'] === 'object' ? code(String(properties['type'].const)) : '',
        fields.map(([name]) => code(required.includes(name) ? name : `${name}?`)).join(', '),
        [description, ...details].join(' '),
      ]
    }),
  )
}

/** Where `docs/record-format.md` tells of a definition. */
const definitions: Readonly<Record<string, string>> = {
  storedValue: '[value](#values-in-a-record)',
  time: 'time',
  score: '[score](#scores)',
  error: '[error](#errors)',
  usage: '[tokens](#tokens)',
  call: '[call](#model-calls)',
  traceEntry: '[entry](#trace)',
}

const words: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', null: '`null`' }

/** A field's type in words. */
function typeText({ type = 'any value', const: constant, enum: values, $ref, ...field }: Schema): string {
  if ($ref !== undefined) return definitions[$ref.replace('#/$defs/', '')] ?? $ref
  if (constant !== undefined) return code(JSON.stringify(constant))
  if (values !== undefined) return values.map((value) => code(String(value))).join(', ')
  if (type === 'array') return `list of ${typeText(field.items ?? {})}`
  if (type === 'object' && typeof field.additionalProperties === 'object') {
    return `object of ${typeText(field.additionalProperties)}`
  }
  if (type === 'object') return code(`{ ${Object.keys(field.properties ?? {}).join(', ')} }`)
  return [type]
    .flat()
    .map((name) => words[name] ?? name)
    .join(' or ')
}
