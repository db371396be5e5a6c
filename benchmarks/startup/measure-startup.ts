import { join } from 'node:path'
import { describeMachine, type Machine } from '../machine.ts'
import { measureProcess, type Command, type Measurement } from '../measured-process.ts'
import { npmInstall, tarballs, vitestVersions, writeFiles } from '../packed-project.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { addedPackages, sizeOf, type AddedPackage, type InstalledSize } from './installed-size.ts'
import { evalsFiles, plainFiles } from './projects.ts'

/** One command, measured several times. */
export interface StartupCase {
  readonly name: CaseName
  readonly wallMs: Spread
  readonly cpuMs: Spread
  readonly peakBytes: Spread
  /** Wall time by that of plain Vitest, round by round. */
  readonly ratio: Spread
}

/** What `pnpm bench startup` writes. */
export interface StartupResults {
  readonly measuredAt: string
  readonly machine: Machine
  readonly cases: readonly StartupCase[]
  /** What Vitest alone takes. */
  readonly vitest: InstalledSize
  /** What `vitest-plugin-evals` adds to it. */
  readonly added: readonly AddedPackage[]
}

const vitest = ['node_modules/vitest/vitest.mjs', 'run']

const commands = {
  'plain Vitest': { folder: 'plain', args: [] },
  evals: { folder: 'alone', args: ['--project', 'evals'] },
  'the plugin, but no evals': { folder: 'alone', args: [] },
} as const

type CaseName = keyof typeof commands

const rounds = 41

/** Installs Vitest alone and with the plugin alone, each in an empty folder of `project`, and measures one start of each. */
export async function measureStartup(project: string): Promise<StartupResults> {
  const [plain, alone] = [join(project, 'plain'), join(project, 'alone')]
  writeFiles(plain, plainFiles)
  npmInstall(plain, vitestVersions)
  writeFiles(alone, evalsFiles)
  npmInstall(alone, {
    ...tarballs(project, ['vitest-plugin-evals', '@evals/core', '@evals/storage']),
    ...vitestVersions,
  })

  const runs = await interleave(project)
  const plainRuns = runs.get('plain Vitest')!
  return {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    cases: [...runs].map(([name, done]) => ({
      name,
      wallMs: spreadOf(done.map(({ wallMs }) => Math.round(wallMs))),
      cpuMs: spreadOf(done.map(({ cpuMs }) => cpuMs)),
      peakBytes: spreadOf(done.map(({ peakBytes }) => peakBytes)),
      ratio: spreadOf(done.map(({ wallMs }, round) => Number((wallMs / plainRuns[round]!.wallMs).toFixed(3)))),
    })),
    vitest: sizeOf(addedPackages(plain)),
    added: addedPackages(alone, plain),
  }
}

/** Runs the commands in turn, so that whatever else the machine does meets all of them alike. */
async function interleave(project: string): Promise<ReadonlyMap<CaseName, readonly Measurement[]>> {
  const runs = new Map(Object.keys(commands).map((name) => [name as CaseName, [] as Measurement[]]))
  // The first round fills the caches of the file system.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, done] of runs) {
      const run = await measureProcess(commandOf(project, name))
      if (round > 0) done.push(run)
    }
  }
  for (const [name, done] of runs)
    console.log(`${name}: ${spreadOf(done.map(({ wallMs }) => wallMs)).median.toFixed(0)} ms`)
  return runs
}

function commandOf(project: string, name: CaseName): Command {
  const { folder, args } = commands[name]
  return { cwd: join(project, folder), args: [...vitest, ...args] }
}
