import {
  evalKey,
  keyOf,
  tooManyErrors,
  toSampleResult,
  variantLabel,
  type EvalSummary,
  type ExperimentDocument,
  type SampleRecord,
  type StoredError,
  type UndeclaredEval,
  type Variant,
} from '@evals/core'
import type { RecordIndex } from '../experiment/current-records.ts'
import { element, escapeXml, startTag } from './xml.ts'

const { baselineProperties, sampleProperties, thresholdProperties } = await import('vitest-plugin-evals/cli')

type JunitProperty = readonly [name: string, value: string]

/** What a test case has instead of having passed. */
interface Problem {
  readonly kind: 'failure' | 'error' | 'skipped'
  readonly message: string
  readonly type?: string
  readonly text?: string
}

/**
 * A JUnit file: a test case per sample, threshold and comparison with a baseline, named as a run with `--reporter=junit`
 * names them. A wrong answer or a missed bound is a `failure`; a broken call or scorer, and an eval that could not be
 * declared, an `error`. Properties of the suite name evals with more errors than they allow.
 */
export async function* toJunit(index: RecordIndex, document: ExperimentDocument): AsyncGenerator<string> {
  // While a run goes on, the verdicts are those of an earlier one.
  const isOver = document.status !== 'running'
  const judged = isOver ? Object.values(document.evals) : []
  const undeclared = isOver ? (document.undeclared ?? []) : []
  const others = [...judged.flatMap(gatesOf), ...undeclared.map(declarationCase)]
  const counts = { tests: index.size + others.length, failures: 0, errors: 0, skipped: 0 }
  const count = (problem: Problem | undefined): void => {
    if (problem !== undefined) counts[countOf[problem.kind]] += 1
  }
  let milliseconds = 0
  for await (const record of index.records()) {
    milliseconds += record.durationMs
    count(problemOf(record))
  }
  for (const { problem } of others) count(problem)
  const facts = { name: document.experiment, ...counts, time: seconds(milliseconds) }
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${startTag('testsuites', facts)}\n`
  yield `${startTag('testsuite', { ...facts, timestamp: document.runs.at(-1)?.startedAt })}\n`
  const errorRates = judged.flatMap((summary): JunitProperty[] => {
    const found = tooManyErrors(summary)
    return found === undefined ? [] : [['maxErrorRate', `${evalKey(summary.eval, summary.variant)}: ${found}`]]
  })
  if (errorRates.length > 0) yield `${propertiesElement(errorRates)}\n`
  for await (const record of index.records()) yield `${sampleCase(record)}\n`
  for (const { xml } of others) yield `${xml}\n`
  yield '</testsuite>\n</testsuites>\n'
}

const countOf = { failure: 'failures', error: 'errors', skipped: 'skipped' } as const

function sampleCase(record: SampleRecord): string {
  const name = nameOf(record, keyOf(record))
  const properties = sampleProperties(record.variant, toSampleResult(record))
  return testCase({ ...name, time: seconds(record.durationMs) }, properties, problemOf(record))
}

function problemOf({ outcome, passed, error, failure, scores }: SampleRecord): Problem | undefined {
  if (outcome === 'cancelled' || outcome === 'answered') {
    return { kind: 'skipped', message: error?.message ?? 'not scored yet' }
  }
  if (outcome !== 'scored') return { kind: 'error', ...describe(error ?? { name: outcome, message: outcome }) }
  if (passed === false) return { kind: 'failure', message: failure?.message ?? 'a wrong answer' }
  const broken = Object.entries(scores).find(([, score]) => score.error !== undefined)
  if (broken?.[1].error === undefined) {
    // Nobody can say whether it passed, and no scorer failed: `passWhen` did.
    return passed === null ? { kind: 'error', message: failure?.message ?? 'not judged' } : undefined
  }
  const { message, ...rest } = describe(broken[1].error)
  return { kind: 'error', message: `scorer ${broken[0]}: ${message}`, ...rest }
}

function describe({ code, name, message, stack }: StoredError): Omit<Problem, 'kind'> {
  return { message, type: code ?? name, ...(stack === undefined ? {} : { text: stack }) }
}

type CountedCase = { readonly xml: string; readonly problem: Problem | undefined }

/** Stands for an eval that could not be declared. */
function declarationCase({ error, ...failed }: UndeclaredEval): CountedCase {
  const problem = { kind: 'error', ...describe(error) } as const
  return { xml: testCase({ ...nameOf(failed, 'declaration'), time: '0' }, [], problem), problem }
}

/** The test cases of an eval's thresholds and of its comparison with a baseline. */
function gatesOf(summary: EvalSummary): CountedCase[] {
  const { thresholds, baseline } = summary
  const gates = [
    ...thresholds.map((each) => ({ title: each.threshold, ...each, properties: thresholdProperties(each) })),
    ...(baseline === undefined ? [] : [{ title: 'baseline', ...baseline, properties: baselineProperties(baseline) }]),
  ]
  return gates.map(({ title, passed, message, properties }) => {
    const problem = passed === true ? undefined : ({ kind: passed === null ? 'skipped' : 'failure', message } as const)
    return { xml: testCase({ ...nameOf(summary, title), time: '0' }, properties, problem), problem }
  })
}

/** `capitals > model=mini > capitals › france` of the class `qa.eval.ts`, as Vitest has it. */
function nameOf(
  of: { readonly eval: string; readonly variant: Variant },
  test: string,
): { readonly classname: string; readonly name: string } {
  const [file = '', ...path] = of.eval.split(' > ')
  const label = variantLabel(of.variant)
  const name = [...path, ...(label === '' ? [] : [label]), `${path.at(-1) ?? evalKey(of.eval, of.variant)} › ${test}`]
  return { classname: file, name: name.join(' > ') }
}

function testCase(
  attributes: { readonly classname: string; readonly name: string; readonly time: string },
  properties: readonly JunitProperty[],
  problem: Problem | undefined,
): string {
  const inner = properties.length === 0 ? [] : [propertiesElement(properties)]
  if (problem !== undefined) {
    const { kind, text = '', ...facts } = problem
    inner.push(element(kind, facts, escapeXml(text)))
  }
  return element('testcase', attributes, inner)
}

function propertiesElement(properties: readonly JunitProperty[]): string {
  return element(
    'properties',
    {},
    properties.map(([name, value]) => element('property', { name, value })),
  )
}

/** Without an exponent, which not every reader knows. */
function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(6)
}
