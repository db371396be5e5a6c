import { tooManyErrors } from '@evals/core'
import {
  experimental_getRunnerTask as runnerTask,
  JUnitReporter,
  type TestCase,
  type TestModule,
  type TestSuite,
  type Vitest,
} from 'vitest/node'
import { planOf } from '../reporter/test-meta.ts'
import { baselineProperties, sampleProperties, thresholdProperties, type JunitProperty } from './junit-properties.ts'

/**
 * Gives the tests of evals the annotations that Vitest's JUnit reporter writes as properties; without such a reporter does
 * nothing. Vitest calls all reporters before any of them waits, so this is in time at the end of the run if nothing is
 * awaited before; earlier, other reporters would print them too.
 */
export function addJunitProperties({ config }: Vitest, modules: readonly TestModule[]): void {
  if (!config.reporters.some(isJunit)) return
  for (const { children } of modules) {
    for (const test of children.allTests()) annotate(test, propertiesOf(test))
    for (const suite of children.allSuites()) annotateErrorRate(suite)
  }
}

function isJunit(reporter: Vitest['config']['reporters'][number]): boolean {
  return Array.isArray(reporter) ? reporter[0] === 'junit' : reporter instanceof JUnitReporter
}

/** Once for an eval: with its first sample that failed so. */
function annotateErrorRate(suite: TestSuite): void {
  const { planned: total, maxErrorRate } = planOf(suite) ?? {}
  if (total === undefined || maxErrorRate === undefined) return
  const broken = [...suite.children.tests()].filter((test) => {
    const { evals } = test.meta()
    return evals !== undefined && 'outcome' in evals && ['error', 'timeout'].includes(evals.outcome)
  })
  const found = tooManyErrors({ samples: { total, error: broken.length, timeout: 0 }, maxErrorRate })
  const first = broken.find((test) => test.result().state === 'failed')
  if (found !== undefined && first !== undefined) annotate(first, [['maxErrorRate', found]])
}

function annotate(test: TestCase, properties: readonly JunitProperty[]): void {
  const { annotations } = runnerTask(test)
  // What a shard has added comes back when its report is merged.
  const known = new Set(annotations.map(({ type, message }) => `${type}\n${message}`))
  for (const [type, message] of properties) {
    if (!known.has(`${type}\n${message}`)) annotations.push({ type, message })
  }
}

function propertiesOf(test: TestCase): JunitProperty[] {
  const { evals } = test.meta()
  const plan = planOf(test.parent)
  if (evals === undefined || plan === undefined) return []
  if ('outcome' in evals) return sampleProperties(plan.variant, evals)
  if ('threshold' in evals) return thresholdProperties(evals)
  return 'gate' in evals ? baselineProperties(evals) : []
}
