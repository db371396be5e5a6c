// Installs the packed packages into empty projects and runs an eval from them:
// `node scripts/packaging.ts [REPORTS_FOLDER]`.
// Needs `dist` (pnpm build). With a folder, each run's JSON report is written to it as `packaging-<major>.json`.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import vite from 'vite/package.json' with { type: 'json' }
import vitest from 'vitest/package.json' with { type: 'json' }
import { npmInstall } from './npm-install.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, unknown>>
}

interface Experiment {
  readonly status: string
  readonly evals: Readonly<Record<string, EvalFigures>>
}

interface EvalFigures {
  readonly samples: object
  readonly scorers: Readonly<Record<string, { readonly n: number; readonly mean: number }>>
}

const root = join(import.meta.dirname, '..')
const reports = process.argv[2]
const packages = globSync('packages/*/package.json', { cwd: root }).map((path) => readJson<Manifest>(join(root, path)))

using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-packaging-'))
run(root, 'pnpm', ['--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder.path])
for (const version of ['^4.1.0', vitest.version]) await checkWith(version)

async function checkWith(vitestVersion: string): Promise<void> {
  const major = /\d+/.exec(vitestVersion)?.[0] ?? ''
  const project = join(folder.path, `vitest-${major}`)
  console.log(`packaging: an empty project with vitest ${vitestVersion}`)
  cpSync(join(root, 'fixtures/packaged-project'), project, { recursive: true })
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifestOf(vitestVersion)))
  await npmInstall(project)

  for (const source of packages) checkInstalled(project, source)
  run(project, process.execPath, ['--input-type=module', '--eval', importAll()])
  run(project, join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'])

  const report = reports === undefined ? join(project, 'report.json') : resolve(reports, `packaging-${major}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const options = ['--', '--experiment', 'packaged']
  run(project, 'npx', ['--no-install', 'vitest', 'run', '--project', 'evals', ...reporters, ...options])
  checkExperiment(join(project, '.evals/experiments/packaged'))
}

function manifestOf(vitestVersion: string): object {
  const tarballs = packages.map(({ name, version }) => [
    name,
    `file:../${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`,
  ])
  return {
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(tarballs) as object,
    // Else npm looks for packages of ours in the registry that it has yet to place.
    overrides: Object.fromEntries(packages.map(({ name }) => [name, `$${name}`])) as object,
    devDependencies: { vite: vite.version, vitest: vitestVersion },
  }
}

function checkInstalled(project: string, source: Manifest): void {
  const installed = join(project, 'node_modules', source.name)
  const { exports } = readJson<Manifest>(join(installed, 'package.json'))
  assert.deepEqual(Object.keys(exports), Object.keys(source.exports), `${source.name}: publishConfig.exports`)
  const files = Object.values(exports).flatMap((target) => {
    assert(typeof target === 'string', `${source.name}: an export has conditions`)
    return target.endsWith('.js') ? [target, target.replace(/\.js$/, '.d.ts')] : [target]
  })
  for (const file of [...files, 'LICENSE', 'README.md']) {
    assert(existsSync(join(installed, file)), `${source.name}: ${file} is not packed`)
  }
  assert(!existsSync(join(installed, 'src')), `${source.name}: src is packed`)
}

/** Code that loads every entry; the plugin's own run inside Vitest only, the eval loads those. */
function importAll(): string {
  return packages
    .filter(({ name }) => name.startsWith('@evals/'))
    .flatMap(({ name, exports }) => Object.keys(exports).map((path) => name + path.slice(1)))
    .map((path) => `await import('${path}'${path.endsWith('.json') ? `, { with: { type: 'json' } }` : ''})\n`)
    .join('')
}

function checkExperiment(folderOfExperiment: string): void {
  const { status, evals } = readJson<Experiment>(join(folderOfExperiment, 'experiment.json'))
  assert.equal(status, 'completed')
  assert.deepEqual(Object.keys(evals), ['capitals.eval.ts > capitals'])
  const { samples, scorers } = evals['capitals.eval.ts > capitals'] ?? assert.fail()
  assert.deepEqual(samples, { total: 4, scored: 4, error: 0, timeout: 0, cancelled: 0, failed: 0, missing: 0 })
  assert.equal(scorers['exactMatch']?.n, 4)
  assert.equal(scorers['exactMatch'].mean, 0.75)

  const lines = globSync('records/*.jsonl', { cwd: folderOfExperiment }).flatMap((file) =>
    readFileSync(join(folderOfExperiment, file), 'utf8').trimEnd().split('\n'),
  )
  assert.equal(lines.length, 4, 'one record per sample')
}

function run(cwd: string, command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T
}
