import { definitionOf, optionNames } from '../../packages/vitest-plugin-evals/src/option-definitions.ts'
import { commandLine, environment } from '../../packages/vitest-plugin-evals/src/option-source.ts'
import type { Declarations } from './declarations.ts'
import { code, table } from './markdown.ts'
import { type Member, membersOf } from './members.ts'

const plugin = 'packages/vitest-plugin-evals/src'

/** Where more is told of an option, relative to `docs`. */
const more: Readonly<Record<string, string>> = {
  experiment: 'resume.md',
  storage: 'storage.md',
  resume: 'resume.md',
  shard: 'resume.md#shards',
  sampleTimeout: 'models.md#retries-and-timeouts',
  maxWait: 'models.md#retries-and-timeouts',
  maxConnections: 'models.md#the-limiter',
  cache: 'models.md#the-cache',
  traces: 'models.md#what-the-record-holds',
  budgetUsd: 'models.md#money',
  baseline: 'writing-evals.md#baseline',
  estimate: 'writing-evals.md#estimate',
  models: 'models.md#by-name-and-in-roles',
  epochs: 'writing-evals.md#epochs-and-clusters',
  reducer: 'writing-evals.md#epochs-and-clusters',
  cluster: 'writing-evals.md#epochs-and-clusters',
  thresholds: 'writing-evals.md#thresholds',
  scorers: 'writing-evals.md#scorers',
  limits: 'writing-evals.md#limits-of-a-sample',
  version: 'resume.md#drift',
  redact: 'models.md#what-the-record-holds',
}

/** The options of a run: key, flag, variable, type, default, meaning. */
export function runOptionTable(declarations: Declarations): string {
  const members = membersNamed(declarations, 'options.ts', 'RunOptions')
  const known = members.map(({ name }) => name)
  if ([...known].sort().join() !== [...optionNames].sort().join()) {
    throw new TypeError(`RunOptions has ${known.join()}, the definitions have ${optionNames.join()}`)
  }
  return table(
    ['key', 'after `--`', 'environment variable', 'type', 'default', 'meaning'],
    members.map((member) => {
      const example = definitionOf(member.name)?.example ?? ''
      return [
        code(member.name),
        code(commandLine.write(member.name, example)),
        code(environment.write(member.name, example)),
        code(member.type),
        member.default || 'none',
        meaningOf(member),
      ]
    }),
  )
}

/** The options that only a config file can set. */
export function configOptionTable(declarations: Declarations): string {
  const isOfRun = ({ name }: Member): boolean => optionNames.includes(name)
  const members = membersNamed(declarations, 'plugin.ts', 'EvalsProjectOptions')
  return optionTable(members.filter((member) => !isOfRun(member)))
}

/** The options of one eval. */
export function evalOptionTable(declarations: Declarations): string {
  return optionTable(membersNamed(declarations, 'runtime/eval-options.ts', 'EvalOptions'))
}

function optionTable(members: readonly Member[]): string {
  return table(
    ['key', 'type', 'default', 'meaning'],
    members.map((member) => [
      code(member.name),
      isPick(member) ? 'a column, or a function of the row' : code(withoutRow(member.type)),
      member.default || 'none',
      meaningOf(member),
    ]),
  )
}

function membersNamed(declarations: Declarations, file: string, name: string): Member[] {
  const declaration = declarations.find(`${plugin}/${file}`, name)
  return declaration === undefined ? [] : membersOf(declarations, declaration)
}

function isPick({ type }: Member): boolean {
  return type.startsWith('RowPick<') || type.includes('(row: Row)')
}

/** A type without what only infers from the row: `Scorer<PartOf<Row, Input>>[]` → `Scorer[]`. */
function withoutRow(type: string): string {
  let shorter = type
  while (/\bRow\b/.test(type) && shorter.includes('<')) shorter = shorter.replaceAll(/<[^<>]*>/g, '')
  return shorter.replace('( | ', '(').replace(' )', ')')
}

function meaningOf({ name, meaning }: Member): string {
  const link = more[name]
  return link === undefined ? meaning : `${meaning} [More](${link})`
}
