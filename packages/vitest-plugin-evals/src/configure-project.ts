import type { TestProject, Vitest, VitestPluginContext } from 'vitest/node'
import { redactSource } from './check-redact.ts'
import { loadEnvFiles } from './env-files.ts'
import { defaultStorage, type EvalsOptions, type RunOptions } from './options.ts'
import { contextKey, type RunContext } from './protocol.ts'
import { plainly } from './plainly.ts'
import { optionsOfArguments, optionsOfEnvironment } from './read-options.ts'
import { reporterOf } from './reporter/reporter-of.ts'
import { mountPage } from './ui/mount-page.ts'

const defaultConcurrency = 100
const defaultWorkers = 4
const engineFile = /[\\/]node_modules[\\/](?:@evals[\\/](?:core|providers)|vitest-plugin-evals)[\\/]/

/** What Vitest's config tells of workers, more than its types do. */
interface GivenWorkers {
  /** Vitest 5 fills in its default. */
  readonly maxWorkers?: number
  readonly fileParallelism?: boolean
  /** What is no default; not on Vitest 4. */
  readonly providedOptions?: { readonly maxWorkers: boolean }
}

/** An eval project as its plugin declares it. */
export interface ProjectDeclaration {
  readonly name: string
  /** Globs of its eval files; none where nobody asked for them. */
  readonly include: readonly string[]
  readonly options: EvalsOptions
}

/** Sets up an eval project that somebody asked for. */
export function configureProject(
  { vitest, project }: VitestPluginContext,
  { name, include, options }: ProjectDeclaration,
): void {
  const { redact, ...given } = options
  loadEnvFiles(vitest.config.root)
  const overrides = plainly(() => ({
    ...optionsOfEnvironment(process.env),
    ...optionsOfArguments(argumentsAfterDashes(vitest)),
  }))
  const defaults = { ...given, ...watchDefaults(vitest, { ...given, ...overrides }) }
  const concurrency = maxConcurrencyOf(vitest) ?? overrides.concurrency ?? defaults.concurrency ?? defaultConcurrency
  const context: RunContext = {
    root: vitest.config.root,
    project: name,
    overrides,
    defaults,
    concurrency,
    ...(redact === undefined ? {} : { redact: redactSource(redact) }),
  }
  resetProject(project, include)
  project.config.maxConcurrency = concurrency
  project.config.maxWorkers = workersOf(vitest)
  project.provide(contextKey, context)
  reporterOf(vitest).addProject(project, context)
  mountPage(vitest, { storage: overrides.storage ?? defaults.storage ?? defaultStorage, root: context.root })
}

/** Watch mode's scratch experiment is run again and again, and what nobody changed need not be asked anew. */
function watchDefaults({ config }: Vitest, { experiment, estimate, cache }: RunOptions): RunOptions {
  // Answers from the cache would say nothing of what a run costs.
  const isScratch = config.watch && experiment === undefined && estimate === undefined
  return isScratch && cache === undefined ? { cache: 'on' } : {}
}

/** A failed task is told with the frames of the user's code, not of what called it. */
function hideEngineFrames(config: TestProject['config']): void {
  const { onStackTrace } = config
  config.onStackTrace = (error, frame) =>
    engineFile.test(frame.file) ? false : onStackTrace === undefined || onStackTrace(error, frame)
}

/** Takes back what the user's own tests need and evals must not have; the rest of their config stays. */
function resetProject({ config, vitest }: TestProject, include: readonly string[]): void {
  const retries = typeof config.retry === 'object' ? config.retry?.count : config.retry
  if ((retries ?? 0) > 0 || (config.repeats ?? 0) > 0) {
    const what =
      "`retry` and `repeats` are off for evals, since they keep the best attempt. Use the eval's own `retries` and `epochs`."
    vitest.logger.warn(`vitest-plugin-evals: ${what}`)
  }
  Object.assign(config, {
    // Inherited lists come with the user's own files in them.
    include: [...include],
    // Vitest would look for eval files among the records of all experiments.
    exclude: [...config.exclude, '**/.evals/**'],
    includeSource: [],
    // A folder of unit tests would hide all eval files.
    dir: config.root,
    setupFiles: [],
    globalSetup: [],
    environment: 'node',
    globals: false,
    retry: 0,
    repeats: 0,
    // The engine has its own clock for each sample, which stops while the sample waits.
    testTimeout: 0,
    hookTimeout: 0,
    // Scorers and thresholds judge; a failing test would come after its calls were paid for.
    expect: { ...config.expect, requireAssertions: false },
    typecheck: { ...config.typecheck, enabled: false },
    // All files share one process, so that what they share can live in it.
    pool: 'threads',
    isolate: false,
    fakeTimers: { ...config.fakeTimers, toFake: [] },
  })
  hideEngineFrames(config)
  config.sequence.shuffle = false
  config.sequence.concurrent = false
  // Vitest refuses projects of one group with different numbers of workers.
  config.sequence.groupOrder = 1
}

/** What stands after `--` on Vitest's command line; its types do not show it. */
function argumentsAfterDashes({ config }: Vitest): readonly string[] {
  return (config as { readonly '--'?: readonly string[] })['--'] ?? []
}

/**
 * As many as the user wants for all projects. Vitest's own default depends on the processors, and evals mostly wait. One
 * number for all eval projects, since Vitest refuses several in one group.
 */
function workersOf({ config }: { config: GivenWorkers }): number {
  const { maxWorkers, fileParallelism, providedOptions } = config
  const isDefault = providedOptions?.maxWorkers === false && fileParallelism !== false
  return isDefault ? defaultWorkers : (maxWorkers ?? defaultWorkers)
}

/** As given on Vitest's command line; projects do not inherit it. */
function maxConcurrencyOf({ config }: Vitest): number | undefined {
  const { cliOptions }: { cliOptions?: { readonly maxConcurrency?: unknown } } = config
  const flag = /^--max(?:C|-c)oncurrency(?:=|$)/
  const index = process.argv.findIndex((argument) => flag.test(argument))
  const [, inline] = process.argv[index]?.split('=') ?? []
  // Vitest 4 does not show its arguments to plugins.
  const number = Number(cliOptions?.maxConcurrency ?? inline ?? process.argv[index + 1])
  return Number.isInteger(number) && number > 0 ? number : undefined
}
