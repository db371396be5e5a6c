import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Variant } from '@evals/core'
import { createServer, isRunnableDevEnvironment, type Plugin, type ViteDevServer } from 'vite'
import { TaskFingerprints, type TaskHash } from './task-fingerprints.ts'

/** Path → content. */
export type Files = Readonly<Record<string, string>>

/** Where the package below notes what is declared: it is not evaluated by Vite, so a test cannot ask it. */
const declaredKey = 'vitest-plugin-evals: declared in a test'

/** A package in the place of the plugin, whose `evalTest` only notes what is declared. */
const plugin: Files = {
  'node_modules/vitest-plugin-evals/package.json': '{ "type": "module", "exports": "./index.js" }',
  'node_modules/vitest-plugin-evals/index.js': `
    const create = () => {
      const declare = (name, task) => { globalThis[Symbol.for('${declaredKey}')].set(name, String(task)) }
      const again = () => create()
      const describe = (_name, body) => body()
      const members = { each: () => declare, batch: () => declare, extend: again, variants: again, runIf: again }
      return Object.assign(declare, members, { describe, beforeEach() {}, beforeAll() {} })
    }
    export const evalTest = create()
  `,
}

/** An eval file in a temporary folder, which a real Vite transforms and runs. */
export class EvalProject {
  readonly root: string
  readonly #base: Files
  readonly #server: ViteDevServer
  readonly #fingerprints: TaskFingerprints
  readonly #written = new Map<string, string>()

  private constructor(root: string, base: Files, server: ViteDevServer) {
    this.root = root
    this.#base = base
    this.#server = server
    this.#fingerprints = new TaskFingerprints(server.environments.ssr, root)
  }

  static async create(base: Files, plugins: Plugin[] = []): Promise<EvalProject> {
    const root = await mkdtemp(join(tmpdir(), 'fingerprint-'))
    const quiet = { logLevel: 'silent', configFile: false, envFile: false, appType: 'custom' } as const
    const server = await createServer({
      ...quiet,
      root,
      plugins,
      server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    })
    const project = new EvalProject(root, base, server)
    await project.#write(plugin)
    return project
  }

  /** The fingerprint of one eval. */
  async fingerprint(name: string, options: FingerprintOptions = {}): Promise<TaskHash> {
    const { evalFile = 'qa.eval.ts', replace = [], files = {}, variant } = options
    const now: Record<string, string> = { ...this.#base, ...files }
    for (const [file, from, to] of replace) {
      const before = now[file]
      if (before?.includes(from) !== true) throw new TypeError(`${file} has no "${from}"`)
      now[file] = before.replace(from, to)
    }
    await this.#write(now)
    const { ssr } = this.#server.environments
    if (!isRunnableDevEnvironment(ssr)) throw new TypeError('Vite cannot run modules here')
    ssr.moduleGraph.invalidateAll()
    ssr.runner.clearCache()
    const file = join(this.root, evalFile)
    const declared = new Map<string, string>()
    Object.assign(globalThis, { [Symbol.for(declaredKey)]: declared })
    await ssr.runner.import(file)
    const text = declared.get(name)
    if (text === undefined) throw new TypeError(`"${name}" is not declared`)
    return this.#fingerprints.of({ file, name, text, variant })
  }

  async close(): Promise<void> {
    await this.#server.close()
    await rm(this.root, { recursive: true })
  }

  async #write(files: Files): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      // What is known of a file is good for as long as nobody writes it.
      if (this.#written.get(path) === content) continue
      this.#written.set(path, content)
      await mkdir(dirname(join(this.root, path)), { recursive: true })
      await writeFile(join(this.root, path), content)
    }
  }
}

/** What differs from the project's first state. */
export interface FingerprintOptions {
  /** Default `qa.eval.ts`. */
  readonly evalFile?: string
  /** Each the first occurrence in a file. */
  readonly replace?: readonly (readonly [file: string, from: string, to: string])[]
  /** More files, or others. */
  readonly files?: Files
  readonly variant?: Variant
}
