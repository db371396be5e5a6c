import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkRecords } from './check-records.ts'
import { installFolder, type VitestMajor } from './installed-packages.ts'
import { StartedRun, type EndedProcess } from './started-run.ts'
import { readExperiments, type StoredExperiment } from './stored-experiment.ts'
import { readTests, type TestOutcome } from './vitest-report.ts'

/** A Vitest project with evals. */
export interface ProjectSource {
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>
  /** Source of `vitest.config.ts`. Default: the plugin without options. */
  readonly config?: string
  readonly vitest: VitestMajor
}

/** How Vitest is called. */
export interface RunOptions {
  /** Default: `--project evals`. */
  readonly args?: readonly string[]
  /** What stands after `--`. */
  readonly options?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Default: Vitest's own, and a JSON file which {@link EvalRun.tests} are read from. */
  readonly reporters?: readonly string[]
  /** Default: `run`. */
  readonly command?: 'run' | 'watch'
  /** A command that runs the one it is given as arguments. Default: none. */
  readonly launcher?: readonly string[]
}

/** What a run of the `vitest` binary left behind. */
export interface EvalRun extends EndedProcess {
  /** The tests by their full name, ` > ` between its parts, file first. */
  readonly tests: Readonly<Record<string, TestOutcome>>
  /** The newest experiment; all its members are empty where nothing was stored. */
  readonly experiment: StoredExperiment
  /** All of them by name. */
  readonly experiments: Readonly<Record<string, StoredExperiment>>
}

const defaultConfig = `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ plugins: [evals()] })
`

/** A small Vitest project on disk, below an installation of the packed packages; removed on disposal. */
export class EvalProject implements Disposable {
  readonly folder: string
  readonly #install: string

  constructor({ files, config = defaultConfig, vitest }: ProjectSource) {
    this.#install = installFolder(vitest)
    mkdirSync(join(this.#install, 'projects'), { recursive: true })
    this.folder = mkdtempSync(join(this.#install, 'projects/p-'))
    this.write({ 'package.json': '{ "private": true, "type": "module" }', 'vitest.config.ts': config, ...files })
  }

  /** Adds or replaces files. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), content)
    }
  }

  /** Runs Vitest to its end, without colours and as outside of CI. */
  async run(options: RunOptions = {}): Promise<EvalRun> {
    using started = this.start(options)
    return await this.resultOf(started)
  }

  /** Starts Vitest as {@link run} does. */
  start({
    args = ['--project', 'evals'],
    options = [],
    env = {},
    reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json'],
    command = 'run',
    launcher = [],
  }: RunOptions = {}): StartedRun {
    const binary = join(this.#install, 'node_modules/vitest/vitest.mjs')
    const own = [process.execPath, binary, command, ...reporters, ...args]
    const [file = '', ...all] = [...launcher, ...own, ...(options.length > 0 ? ['--', ...options] : [])]
    // A run that is killed writes none, and the one before it must not speak for it.
    rmSync(join(this.folder, 'report.json'), { force: true })
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(file, all, {
      cwd: this.folder,
      // Outside of the repository, as far as Git is concerned.
      env: { PATH, HOME, NO_COLOR: '1', GIT_CEILING_DIRECTORIES: dirname(this.folder), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Before the test's own time is over, after which nobody would end the process.
      timeout: 100_000,
      killSignal: 'SIGKILL',
    })
    return new StartedRun(child)
  }

  /** Waits for the end of a run, and checks the records against their schema. */
  async resultOf({ ended }: StartedRun): Promise<EvalRun> {
    const { exitCode, stdout, stderr } = await ended
    const experiments = await readExperiments(join(this.folder, '.evals'))
    for (const { records } of Object.values(experiments)) checkRecords(records, this.#install)
    const newest = Object.values(experiments).toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0]
    const experiment = newest ?? { startedAt: '', document: undefined, records: [], attachments: {} }
    return { exitCode, stdout, stderr, tests: readTests(this.folder), experiment, experiments }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Writes a project, runs its evals once and removes it. */
export async function runEvals(options: ProjectSource & RunOptions): Promise<EvalRun> {
  using project = new EvalProject(options)
  return await project.run(options)
}
