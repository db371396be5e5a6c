import { isObject } from '../is-object.ts'
import type { SampleRecord } from '../record/record.ts'

type Fields = Readonly<Record<string, unknown>>

/** From one version of the record format to the next: how a record of version `v` becomes one of `v + 1`. */
export type RecordUpgrades = Readonly<Record<number, (record: Fields) => Fields>>

const currentVersion = 1

/** Version 1 is the first one. */
const recordUpgrades: RecordUpgrades = {}

const outcomes: ReadonlySet<unknown> = new Set(['scored', 'error', 'timeout', 'cancelled', 'answered'])

/** What readers of a record rely on. Checking the whole schema would cost more than reading the records. */
const fields: readonly (readonly [name: string, what: string, isValid: (value: unknown) => boolean])[] = [
  ...['run', 'eval', 'id', 'rowHash', 'startedAt'].map((name) => [name, 'text', isText] as const),
  ...['revision', 'epoch', 'durationMs', 'queuedMs'].map((name) => [name, 'a number', Number.isFinite] as const),
  ...['variant', 'scores', 'usage', 'metadata'].map((name) => [name, 'an object', isObject] as const),
  ...['calls', 'trace', 'tags'].map((name) => [name, 'a list', Array.isArray] as const),
  ['outcome', 'an outcome', (value) => outcomes.has(value)],
  [
    'calls',
    'a list of calls',
    (value) => (value as unknown[]).every((call) => isObject(call) && isObject(call['usage'])),
  ],
  ['scores', 'an object of scores', (value) => Object.values(value as Fields).every(isScore)],
  ['error', 'an error with name and message', isErrorIfAny],
  ['failure', 'a failure with a message', (value) => value === undefined || hasText(value, 'message')],
]

/** The record in a stored line, or what is wrong with it. A record of an older version is upgraded. */
export function parseRecord(line: string, upgrades: RecordUpgrades = recordUpgrades): SampleRecord | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'a torn line, which is no JSON'
  }
  if (!isObject(value) || !('v' in value)) return 'no record: it has no version `v`'
  const record = upgrade(value, upgrades)
  if (record === undefined) return `a record of version ${String(value['v'])}, which this version does not know`
  const wrong = fields.find(([name, , isValid]) => !isValid(record[name]))
  return wrong === undefined ? (record as unknown as SampleRecord) : `no record: \`${wrong[0]}\` is not ${wrong[1]}`
}

function upgrade(record: Fields, upgrades: RecordUpgrades): Fields | undefined {
  let upgraded = record
  while (upgraded['v'] !== currentVersion) {
    const step = upgrades[Number(upgraded['v'])]
    if (step === undefined) return undefined
    upgraded = { ...step(upgraded), v: Number(upgraded['v']) + 1 }
  }
  return upgraded
}

function isScore(score: unknown): boolean {
  if (!isObject(score)) return false
  const { value, error, metadata } = score
  const isValue = value === null || Number.isFinite(value)
  return isValue && isErrorIfAny(error) && (metadata === undefined || isObject(metadata))
}

function isErrorIfAny(value: unknown): boolean {
  return value === undefined || (hasText(value, 'name') && hasText(value, 'message'))
}

function hasText(value: unknown, name: string): boolean {
  return isObject(value) && isText(value[name])
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}
