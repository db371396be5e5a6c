import {
  DefaultReporter,
  type TestCase,
  type TestModule,
  type TestProject,
  type TestSpecification,
  type Vitest,
} from 'vitest/node'
import { FailureGroups } from './failure-groups.ts'
import { plural } from './format.ts'

/** Of the samples that failed in the same way, this many are shown. */
const shown = 3

type Files = Parameters<DefaultReporter['reportSummary']>[0]
type AnyTask = Files[number]['tasks'][number]

/**
 * Vitest's default reporter where only evals run. Samples that passed get no line each, even where another one failed;
 * of hundreds that failed for one reason a few are shown; slow samples are not marked; and the last line of the terminal
 * belongs to the progress.
 */
class QuietDefaultReporter extends DefaultReporter {
  #listed = new FailureGroups()
  /** All tests of a run with all of their errors, for its figures. */
  #files: Files = []
  #failures = new FailureGroups()

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications)
    this.renderSucceed = false
    this.#listed = new FailureGroups()
  }

  protected override printTestCase(moduleState: ReturnType<TestModule['state']>, test: TestCase): void {
    const isFailed = test.result().state === 'failed'
    if (isFailed && this.#listed.add(test) > shown) return
    super.printTestCase(isFailed ? moduleState : 'passed', test)
  }

  override reportSummary(files: Files, errors: unknown[]): void {
    this.#files = files
    this.#failures = new FailureGroups()
    const shorten = <Task extends AnyTask>(task: Task): Task =>
      'tasks' in task
        ? { ...task, tasks: task.tasks.map(shorten) }
        : this.#isOneTooMany(task)
          ? withoutErrors(task)
          : task
    super.reportSummary(files.map(shorten), errors)
  }

  override reportTestSummary(_shortened: Files, errors: unknown[], leaks: number): void {
    const more = this.#failures.list.reduce((sum, { count }) => sum + Math.max(0, count - shown), 0)
    if (more > 0) this.error(`and ${plural(more, 'more sample')} failed with the same errors, which the report counts`)
    super.reportTestSummary(this.#files, errors, leaks)
  }

  #isOneTooMany(task: AnyTask): boolean {
    const test = this.ctx.state.getReportedEntity(task)
    return test?.type === 'test' && test.result().state === 'failed' && this.#failures.add(test) > shown
  }
}

/** A copy, since other reporters show the errors. */
function withoutErrors<Task extends AnyTask>(task: Task): Task {
  return { ...task, result: { ...task.result, errors: [], attempts: [] } }
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
