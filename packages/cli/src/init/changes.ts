import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EvalsError } from '@evals/core'
import { addPlugin } from './add-plugin.ts'
import { exampleEval, newConfig } from './templates.ts'
import { findConfig } from './find-config.ts'

/** A file to be written. */
export interface FileChange {
  readonly path: string
  readonly kind: 'create' | 'change'
  readonly content: string
}

/** What has to be done to a project. */
export interface InitPlan {
  readonly changes: readonly FileChange[]
  /** What is there already, and what a person has to do. */
  readonly notes: readonly string[]
}

interface PackageManifest {
  readonly type?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const examplePath = 'evals/capitals.eval.ts'
const script = 'vitest run --project evals'

/**
 * What adds evals to the project in a folder: the plugin in its config, an example, a script.
 * @throws EvalsError `EVALS_USAGE_INVALID` where there is no project
 */
export function planInit(folder: string): InitPlan {
  const [source, manifest] = readManifest(folder)
  const parts = [planConfig(folder, manifest), planExample(folder), planScript(source, manifest)]
  return { changes: parts.flatMap(({ changes }) => changes), notes: parts.flatMap(({ notes }) => notes) }
}

function planConfig(folder: string, { type }: PackageManifest): InitPlan {
  const path = findConfig(folder)
  if (path === undefined) {
    // Vite warns of a config that is an ES module and has the name of a CommonJS one.
    const created = type === 'module' ? 'vitest.config.ts' : 'vitest.config.mts'
    return { changes: [{ path: created, kind: 'create', content: newConfig }], notes: [] }
  }
  const source = readFileSync(join(folder, path), 'utf8')
  if (source.includes('vitest-plugin-evals/config')) return { changes: [], notes: [`${path} has the plugin already.`] }
  const content = addPlugin(source)
  if (content !== undefined) return { changes: [{ path, kind: 'change', content }], notes: [] }
  const advice = `${path} cannot be changed safely. Add this to it by hand:

  import { evals, evalsProject } from 'vitest-plugin-evals/config'

  plugins: [evals()]              where it has no \`test.projects\`
  projects: [evalsProject(), …]   where it has some
`
  return { changes: [], notes: [advice] }
}

function planExample(folder: string): InitPlan {
  if (existsSync(join(folder, examplePath))) return { changes: [], notes: [`${examplePath} exists already.`] }
  return { changes: [{ path: examplePath, kind: 'create', content: exampleEval }], notes: [] }
}

function planScript(source: string, manifest: PackageManifest): InitPlan {
  const path = 'package.json'
  const packages = { ...manifest.dependencies, ...manifest.devDependencies }
  const missing = ['vitest', 'vitest-plugin-evals'].filter((name) => packages[name] === undefined)
  const notes = missing.length === 0 ? [] : [`Still to install: npm install --save-dev ${missing.join(' ')}`]
  const existing = manifest.scripts?.['evals']
  if (existing !== undefined)
    return { changes: [], notes: [`${path} has a script "evals" already: ${existing}`, ...notes] }
  const indent = /^[ \t]+/m.exec(source)?.[0] ?? 2
  const changed = { ...manifest, scripts: { ...manifest.scripts, evals: script } }
  return { changes: [{ path, kind: 'change', content: `${JSON.stringify(changed, null, indent)}\n` }], notes }
}

function readManifest(folder: string): [source: string, manifest: PackageManifest] {
  const path = join(folder, 'package.json')
  try {
    const source = readFileSync(path, 'utf8')
    // Editors on Windows begin files with a byte order mark.
    return [source, JSON.parse(source.replace(/^\uFEFF/, '')) as PackageManifest]
  } catch (error) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `There is no package.json in ${folder} that can be read.\nRun the command in your project's folder, or make one: npm init.`,
      { cause: error },
    )
  }
}
