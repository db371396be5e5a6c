import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** How a test ended. */
export interface TestOutcome {
  readonly state: string
  /** Messages of its errors, with their stacks. */
  readonly failures: readonly string[]
  readonly meta: Readonly<Record<string, unknown>>
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
      readonly meta?: Readonly<Record<string, unknown>>
    }[]
  }[]
}

/** The tests of a run by their full name, from the file the JSON reporter wrote. */
export function readTests(folder: string): Record<string, TestOutcome> {
  const path = join(folder, 'report.json')
  if (!existsSync(path)) return {}
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status, failureMessages, meta = {} }) => [
      [relative(folder, name), ...ancestorTitles, title].join(' > '),
      { state: status, failures: failureMessages ?? [], meta },
    ]),
  )
  return Object.fromEntries(tests) as Record<string, TestOutcome>
}

/** The tests of a run with nothing but how each ended. */
export function statesOf(tests: Readonly<Record<string, TestOutcome>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tests).map(([name, { state }]) => [name, state]))
}
