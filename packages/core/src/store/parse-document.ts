import { EvalsError, messageOf } from '../errors.ts'
import { isObject } from '../is-object.ts'
import { evalKey } from '../record/eval-key.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import type { ExperimentDocument } from './experiment-document.ts'

const statuses: ReadonlySet<unknown> = new Set([
  'running',
  'interrupted',
  'partial',
  'completed',
  'completed-with-errors',
])

/**
 * The document stored as `text`, or what is wrong with it. Its name is the one it is kept under, so that a copy or a
 * renamed folder is an experiment of its own.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE` for one of a newer version, which must not be replaced
 */
export function parseDocument(text: string, experiment: string): ExperimentDocument | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return `no JSON: ${messageOf(error)}`
  }
  if (!isObject(value)) return 'no JSON object'
  const { version } = value
  if (typeof version === 'number' && version > 1) {
    throw new EvalsError(
      'EVALS_STORAGE_UNREADABLE',
      `The document of the experiment "${experiment}" is of version ${version}, and this version of the packages knows 1. Update them.`,
      { details: { experiment, version } },
    )
  }
  const wrong = Object.entries(shape).find(([name, isValid]) => !isValid(value[name]))?.[0]
  if (wrong !== undefined) return `no experiment document: \`${wrong}\` is not what it should be`
  // The shape is that of the parts readers rely on.
  const document = { ...value, experiment } as unknown as ExperimentDocument
  return { ...document, evals: byKey(Object.values(document.evals)) }
}

/** Earlier versions had the dimensions of a variant in another order. */
function byKey(evals: readonly EvalSummary[]): ExperimentDocument['evals'] {
  return Object.fromEntries(evals.map((summary) => [evalKey(summary.eval, summary.variant), summary]))
}

const shape: Readonly<Record<string, (value: unknown) => boolean>> = {
  version: (value) => value === 1,
  status: (value) => statuses.has(value),
  createdAt: isTime,
  updatedAt: isTime,
  runs: (value) => Array.isArray(value) && value.every(isRun),
  evals: (value) => isObject(value) && Object.values(value).every(isSummary),
  undeclared: (value) => value === undefined || (Array.isArray(value) && value.every(isUndeclared)),
}

function isRun(value: unknown): boolean {
  return isObject(value) && typeof value['id'] === 'string' && isTime(value['startedAt'])
}

function isSummary(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['eval'] === 'string' &&
    ['variant', 'samples', 'scorers'].every((name) => isObject(value[name])) &&
    Array.isArray(value['thresholds']) &&
    (value['removed'] === undefined || Array.isArray(value['removed']))
  )
}

function isUndeclared(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['eval'] === 'string' &&
    isObject(value['variant']) &&
    isObject(value['error']) &&
    typeof value['error']['message'] === 'string'
  )
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
