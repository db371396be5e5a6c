import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { npmInstall } from '../../../scripts/npm-install.ts'

/** A major version of Vitest that the packages support. */
export type VitestMajor = 4 | 5

/** Every major version of Vitest that the packages support, for `describe.each`. */
export const vitestMajors: readonly VitestMajor[] = [4, 5]

const versions: Readonly<Record<VitestMajor, string>> = { 4: '^4.1.0', 5: '5.1.1' }
const root = join(import.meta.dirname, '../../..')
const installed = join(import.meta.dirname, '../.installed')
const run = promisify(execFile)

/** The folder whose `node_modules` hold the packed packages and one major version of Vitest. */
export function installFolder(major: VitestMajor): string {
  return join(installed, `vitest-${major}`)
}

/** Builds, packs and installs the packages as users get them; what is installed from the same sources already stays. */
export async function setup(): Promise<void> {
  for (const major of vitestMajors) rmSync(join(installFolder(major), 'projects'), { recursive: true, force: true })
  const sources = hashOf(globSync(['packages/*/{src/**,schema/*,package.json}', '*.config.ts', 'pnpm-*.yaml'], files))
  const stale = vitestMajors.filter(
    (major) => read(join(installFolder(major), 'sources')) !== sources + versions[major],
  )
  if (stale.length === 0) return

  const tarballs = join(installed, 'tarballs')
  rmSync(tarballs, { recursive: true, force: true })
  await pnpm('build')
  await pnpm('--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', tarballs)
  for (const major of stale) {
    await install(major, globSync(join(tarballs, '*.tgz')))
    writeFileSync(join(installFolder(major), 'sources'), sources + versions[major])
  }
}

const files = { cwd: root, exclude: ['**/*.test.ts'] }

async function install(major: VitestMajor, tarballs: readonly string[]): Promise<void> {
  const folder = installFolder(major)
  const [vitest, ui] = ['vitest', '@vitest/ui'].map((name) => `${name}@${versions[major]}`) as [string, string]
  const wanted = vitest + ui + hashOf(globSync('packages/*/package.json', files))
  const unpacked = join(folder, 'unpacked')
  if (read(join(folder, 'dependencies')) !== wanted) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    // Without one, Vite would find the repository's own.
    writeFileSync(join(folder, 'tsconfig.json'), '{}')
    await npmInstall(folder, [vitest, 'vite@8', ...tarballs])
    // npm cannot place two ranges at once of which one is the exact peer of the other.
    await npmInstall(folder, [ui])
    writeFileSync(join(folder, 'dependencies'), wanted)
    return
  }
  for (const tarball of tarballs) {
    rmSync(unpacked, { recursive: true, force: true })
    mkdirSync(unpacked)
    await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])
    const { name } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as { name: string }
    const target = join(folder, 'node_modules', name)
    rmSync(target, { recursive: true, force: true })
    renameSync(unpacked, target)
  }
}

/** By the pnpm that started the tests, or by `npx` if they were started without. */
async function pnpm(...args: readonly string[]): Promise<void> {
  const own = process.env['npm_execpath'] ?? ''
  const options = { cwd: root, maxBuffer: 2 ** 26 }
  if (basename(own) === 'pnpm') await run(own, args, options)
  else await run('npx', ['-y', 'pnpm@12', ...args], options)
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.toSorted()) {
    const absolute = join(root, path)
    if (/\.\w+$/.test(path)) hash.update(path).update(readFileSync(absolute))
  }
  return hash.digest('hex')
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
