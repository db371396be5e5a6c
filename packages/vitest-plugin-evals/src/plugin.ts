import type { Plugin, TestProjectInlineConfiguration, ViteUserConfig as UserConfig } from 'vitest/config'
import type { VitestPluginContext } from 'vitest/node'
import { isAskedFor, isOnlyAskedFor, type Invocation } from './asked-for.ts'
import { checkRedact } from './check-redact.ts'
import type { ProjectDeclaration } from './configure-project.ts'
import type { EvalsOptions } from './options.ts'
import { keepCompiled } from './keep-compiled.ts'
import { objectSource } from './option-source.ts'
import { plainly } from './plainly.ts'
import { checkOptions } from './read-options.ts'
import { requireNode } from './require-node.ts'

const defaultName = 'evals'
const defaultInclude = ['**/*.eval.{ts,tsx,mts,js,mjs}']

/** The options of {@link evalsProject}. */
export interface EvalsProjectOptions extends EvalsOptions {
  /** Name of the project. Default `evals`. */
  readonly name?: string
  /** Globs of its eval files. Default: every `.eval.ts`, `.tsx`, `.mts`, `.js` and `.mjs`. */
  readonly include?: readonly string[]
}

/**
 * Plugins for a Vitest config: they add a project named `evals` for `*.eval.ts` files when evals are asked for
 * (`--project evals`, an eval file as a filter, `EVALS=1`), and change nothing otherwise.
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export function evals(options: EvalsOptions = {}): Plugin[] {
  checkPluginOptions(options, 'evals()')
  return [
    {
      name: 'vitest-plugin-evals:project',
      enforce: 'pre',
      // Only a project that is there when Vitest first looks shares the root's Vite server; its own takes 0.1 s to start.
      config: { order: 'pre', handler: addProject },
    },
    {
      name: 'vitest-plugin-evals',
      // By now Vitest shows a `project` that was given to `startVitest()`, too.
      config: addProject,
      // oxlint-disable-next-line typescript/no-misused-promises -- Vitest waits for it, whatever its types say
      configureVitest: (context) => configure(context, { name: defaultName, include: defaultInclude, options }),
    },
  ]
}

function addProject({ test }: UserConfig): UserConfig | undefined {
  const invocation = invocationNow(projectsOf(test))
  // Vitest calls this again for each project that inherits the plugins.
  if (test?.env?.[marker] !== undefined || !isAskedFor(defaultName, invocation)) return undefined
  const inherited: TestProjectInlineConfiguration = { extends: true, test: { env: marked } }
  const added = { ...inherited, test: { ...inherited.test, name: defaultName, include: defaultInclude } }
  // With projects the root is none any more, and the user's own tests need one, unless they are not to run.
  const isRootNeeded = test?.projects === undefined && !isOnlyAskedFor(defaultName, invocation)
  const root = { ...inherited, test: { ...inherited.test, name: test?.name ?? 'unit' } }
  return { test: { env: marked, projects: isRootNeeded ? [root, added] : [added] } }
}

/**
 * An eval project for a config that lists its own projects, for packages of a workspace, and for several eval projects.
 * It collects nothing unless asked for.
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export function evalsProject({
  name = defaultName,
  include = defaultInclude,
  ...options
}: EvalsProjectOptions = {}): TestProjectInlineConfiguration {
  checkPluginOptions(options, 'evalsProject()', ['name', 'include'])
  const plugin: Plugin = {
    name: `vitest-plugin-evals:${name}`,
    // oxlint-disable-next-line typescript/no-misused-promises -- Vitest waits for it, whatever its types say
    configureVitest(context) {
      const asked = isAskedFor(name, invocationNow(context.vitest.config.project))
      return configure(context, { name, include: asked ? include : [], options })
    },
  }
  return { extends: true, plugins: [plugin], test: { name, include: [...include], env: marked } }
}

/** What runs evals is loaded only where somebody asks for them: everybody's unit tests would start later. */
async function configure(context: VitestPluginContext, declaration: ProjectDeclaration): Promise<void> {
  const { project } = context
  if (project.name !== declaration.name) return
  if (declaration.include.length === 0) {
    project.config.include = []
    return
  }
  plainly(() => requireNode())
  keepCompiled(context.vitest, project)
  const { configureProject } = await import('./configure-project.ts')
  configureProject(context, declaration)
}

/** Vitest 5.1 shows `--project` here; its types do not say so. */
function projectsOf(test: object | undefined): string | string[] | undefined {
  const { project }: { project?: string | string[] } = { ...test }
  return project
}

/** Tells the `config` hooks that the project was added, or is the one that they are called for. */
const marker = 'VITEST_PLUGIN_EVALS_PROJECT'
const marked = { [marker]: '1' }

function invocationNow(projects: string | string[] = []): Invocation {
  return { argv: process.argv.slice(2), environment: process.env, projects: [projects].flat() }
}

function checkPluginOptions({ redact, ...options }: EvalsOptions, where: string, more: readonly string[] = []): void {
  plainly(() => {
    checkOptions({ ...options }, objectSource(where, ['redact', ...more]))
    if (redact !== undefined) checkRedact(redact, where)
  })
}
