import {
  DefaultReporter,
  type TestCase,
  type TestModule,
  type TestProject,
  type TestSpecification,
  type Vitest,
} from 'vitest/node'

/**
 * Vitest's default reporter where only evals run: thousands of samples that passed need no line each, not even beside one
 * that failed, a slow one is no news, and the last line of the terminal is the progress's.
 */
class QuietDefaultReporter extends DefaultReporter {
  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications)
    this.renderSucceed = false
  }

  protected override printTestCase(moduleState: ReturnType<TestModule['state']>, test: TestCase): void {
    super.printTestCase(test.result().state === 'failed' ? moduleState : 'passed', test)
  }
}

/** Puts {@link QuietDefaultReporter} in the place of Vitest's, if all projects are eval projects. */
export function quietDefaultReporter({ config, projects }: Vitest, evalProjects: readonly TestProject[]): void {
  if (projects.some((project) => !evalProjects.includes(project))) return
  config.slowTestThreshold = Number.POSITIVE_INFINITY
  config.reporters = config.reporters.map((reporter) =>
    Array.isArray(reporter) && reporter[0] === 'default'
      ? new QuietDefaultReporter({ ...(reporter[1] as object), summary: false })
      : reporter,
  )
}
