import { relative, sep } from 'node:path'
import { EvalsError } from '@evals/core'
import { TestRunner, type RunnerTestFile, type RunnerTestSuite } from 'vitest'
import type { RunContext } from '../protocol.ts'

/** The suite whose factory is running. */
export function currentSuite(): RunnerTestSuite {
  const { suite } = TestRunner.getCurrentSuite()
  if (suite !== undefined) return suite
  throw new EvalsError(
    'EVALS_EVAL_INVALID',
    'Evals are declared at the top of a file or in a `describe`, not inside a test.',
  )
}

/** The key of the eval that a suite stands for: `[project:]path > describes > name`. */
export function suiteKey(suite: RunnerTestSuite, { root, project }: RunContext): string {
  const names: string[] = []
  for (
    let outer: RunnerTestSuite | undefined = suite;
    outer !== undefined && outer !== outer.file;
    outer = outer.suite
  ) {
    names.unshift(outer.name)
  }
  const path = relative(root, suite.file.filepath).replaceAll(sep, '/')
  return [project === 'evals' ? path : `${project}:${path}`, ...names].join(' > ')
}

const claimed = new WeakMap<RunnerTestFile, Set<string>>()

/**
 * Keeps other evals of a file from having the same key.
 * @throws EvalsError `EVALS_EVAL_DUPLICATE`
 */
export function claimKey(key: string, file: RunnerTestFile): void {
  let keys = claimed.get(file)
  if (keys === undefined) claimed.set(file, (keys = new Set()))
  if (keys.has(key)) {
    const [path, ...names] = key.split(' > ')
    throw new EvalsError(
      'EVALS_EVAL_DUPLICATE',
      `${path} declares two evals named "${names.join(' > ')}", so their records could not be told apart. Rename one, or put it in a \`describe\`.`,
      { details: { eval: key } },
    )
  }
  keys.add(key)
}
