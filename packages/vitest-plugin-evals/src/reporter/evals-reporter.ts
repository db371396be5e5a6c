import { messageOf } from '@evals/core'
import type { Reporter, TestCase, TestModule, TestProject, TestSpecification, TestSuite, Vitest } from 'vitest/node'
import { contextKey, type RunContext } from '../protocol.ts'
import { plainly } from '../plainly.ts'
import { addJunitProperties } from '../junit/add-junit-properties.ts'
import { commonContext } from './common-context.ts'
import { ExperimentRun } from './experiment-run.ts'
import { FollowedRun } from './followed-run.ts'
import { ModelServers } from '../model-servers/model-servers.ts'
import { leaveOutGlobalSetup } from './leave-out-global-setup.ts'
import { MergedReports } from './merged-reports.ts'
import { quietDefaultReporter } from '../terminal/quiet-default-reporter.ts'
import { settleBaseline } from './settle-baseline.ts'
import { summarizeForGithub } from './summarize-for-github.ts'

/** Our place among Vitest's reporters: opens an experiment when a run with evals starts, and closes it at its end. */
export class EvalsReporter implements Reporter {
  readonly #vitest: Vitest
  readonly #servers: ModelServers
  readonly #contexts = new Map<TestProject, RunContext>()
  readonly #merged = new MergedReports()
  #run: FollowedRun | undefined
  #first = true

  constructor(vitest: Vitest) {
    this.#vitest = vitest
    this.#servers = new ModelServers({
      importFile: (path) => vitest.import(path),
      log: (line) => vitest.logger.warn(line),
    })
    vitest.onClose(() => this.#servers.endRun())
  }

  /** Called for each eval project before the run. */
  addProject(project: TestProject, context: RunContext): void {
    this.#contexts.set(project, context)
    quietDefaultReporter(this.#vitest, [...this.#contexts.keys()])
    leaveOutGlobalSetup(this.#vitest, [...this.#contexts.keys()])
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const projects = new Set(specifications.map(({ project }) => project))
    const declared = [...this.#contexts].filter(([project]) => projects.has(project))
    if (declared.length === 0 || this.#merges) return
    // Vitest itself waits only now: its UI starts a run while another one goes on.
    await this.#vitest.waitForTestRunEnd()
    const settling = declared.map(async ([project, own]) => [project, await settleBaseline(own)] as const)
    const running = await plainly(() => Promise.all(settling))
    const context = plainly(() => commonContext(running.map(([, own]) => own)))
    const { version: vitestVersion, config } = this.#vitest
    const first = this.#first
    const { watch, shard, testNamePattern } = config
    // Vitest 4 has no such option.
    const picked = testNamePattern !== undefined || ('lastFailed' in config && config.lastFailed === true)
    const start = { context, watch, first, picked, fileShard: shard !== undefined, vitestVersion }
    const run = await plainly(() => ExperimentRun.open(start))
    this.#first = false
    for (const [project, own] of running) project.provide(contextKey, { ...own, run: run.active })
    this.#run = new FollowedRun(this.#vitest, { run, servers: this.#servers })
  }

  onTestModuleQueued(module: TestModule): void {
    if (this.#contexts.has(module.project)) this.#run?.moduleQueued(module)
  }

  onTestModuleCollected(module: TestModule): void {
    for (const suite of module.children.allSuites()) this.#run?.plan(suite)
    this.#run?.begin()
  }

  onTestCaseResult(test: TestCase): void {
    if (this.#merges) this.#merged.add(test)
    this.#run?.addTest(test)
  }

  onTestSuiteResult(suite: TestSuite): void {
    this.#run?.endSuite(suite)
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly unknown[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): Promise<void> {
    try {
      addJunitProperties(this.#vitest, modules)
    } catch (error) {
      // The report matters more.
      this.#vitest.logger.warn(`JUnit's file lacks the properties of evals: ${messageOf(error)}`)
    }
    const run = this.#run
    this.#run = undefined
    const [context] = this.#contexts.values()
    const merged = this.#merges && context !== undefined && (await this.#merged.end(this.#vitest, modules, context))
    const ending = this.#servers.endRun({ keep: this.#vitest.config.watch })
    try {
      const ended = (await run?.end(modules, reason)) ?? merged
      if (ended && context !== undefined) await summarizeForGithub(this.#vitest, context.root, ended)
    } finally {
      await ending
    }
  }

  get #merges(): boolean {
    return this.#vitest.config.mergeReports !== undefined
  }
}
