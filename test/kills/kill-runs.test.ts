import { randomInt } from 'node:crypto'
import { mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { concurrency, killRuns } from './kill-runs.ts'
import type { ProgramModules } from './run-program.ts'

const packages = join(import.meta.dirname, '../../packages')

/** A few files of JavaScript: a process starts in a fraction of the time that the sources take. */
async function buildPackages(outDir: string): Promise<ProgramModules> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['@evals/source'] } },
    build: {
      ssr: true,
      outDir,
      rolldownOptions: {
        input: { core: join(packages, 'core/src/index.ts'), storage: join(packages, 'storage/src/index.ts') },
      },
    },
  })
  return {
    core: pathToFileURL(join(outDir, 'core.js')).href,
    storage: pathToFileURL(join(outDir, 'storage.js')).href,
  }
}

test(
  'property: 200 runs that are killed at random instants lose nothing, repeat nothing and leave nothing out',
  { timeout: 300_000 },
  async ({ onTestFailed }) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'kill-runs-'))
    const seed = randomInt(2 ** 31)
    onTestFailed(() => console.error(`The instants of the kills were drawn with the seed ${seed}.`))
    writeFileSync(join(folder.path, 'package.json'), '{ "type": "module" }')
    // What is loaded with `require` is in no bundle.
    symlinkSync(join(packages, 'core/node_modules'), join(folder.path, 'node_modules'))
    const modules = await buildPackages(join(folder.path, 'built'))
    const report = await killRuns({ folder: folder.path, modules, kills: 200, seed })
    expect(report).toEqual({
      kills: expect.toSatisfy((kills: number) => kills >= 200),
      experiments: expect.any(Number),
      records: report.experiments * 240,
      torn: expect.toSatisfy((torn: number) => torn <= report.kills),
      callsCutOff: expect.toSatisfy((calls: number) => calls > 0 && calls <= concurrency * report.kills),
      answersKept: expect.toSatisfy((answers: number) => answers > 0),
      broken: [],
    })
  },
)
