import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsdown'
import type { UserConfig } from 'tsdown'
import { codeSplitting } from './scripts/code-splitting.ts'

const packages = ['core', 'providers', 'storage', 'vitest-plugin-evals', 'dashboard', 'cli']

/** What every start of evals loads, by package; what `errors` or `stats` needs too is apart, since these are loaded alone. */
const togetherAtStart: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [['index', 'errors'], ['index', 'stats'], ['index'], ['summary/scorer-figures']],
  storage: [['json/json-store']],
}

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The source files a package's `exports` and `bin` name: `{ 'datasets': 'src/datasets.ts' }`. */
function entries(directory: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8')) as Manifest
  const sources = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'object' && target['@evals/source'] !== undefined ? [target['@evals/source']] : [],
  )
  const commands = Object.values(manifest.bin ?? {}).map((path) =>
    path.replace('/dist/', '/src/').replace(/\.js$/, '.ts'),
  )
  return Object.fromEntries(
    [...sources, ...commands].map((source) => [source.replace(/^\.\/src\/|\.ts$/g, ''), source]),
  )
}

export default defineConfig(
  packages.map((name): UserConfig => {
    const directory = `packages/${name}`
    const groups = togetherAtStart[name] ?? []
    const sources = groups.map((group) => group.map((source) => `${directory}/src/${source}.ts`))
    return {
      name,
      cwd: directory,
      entry: entries(directory),
      tsconfig: '../../tsconfig.json',
      format: 'esm',
      platform: 'node',
      target: 'node22',
      fixedExtension: false,
      outputOptions: { codeSplitting: codeSplitting(sources) },
      dts: true,
      failOnWarn: true,
      publint: { level: 'warning', strict: true },
      attw: { profile: 'esm-only', level: 'error' },
    }
  }),
)
