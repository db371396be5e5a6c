import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { TestProject } from 'vitest/node'

/** What is used of the part of Vite that transforms an eval project's files: `project.vite.environments.ssr`. */
export type ViteEnvironment = Pick<TestProject['vite']['environments']['ssr'], 'moduleGraph' | 'transformRequest'>

/** A module as Vite knows it. */
export type Module = Awaited<ReturnType<ViteEnvironment['moduleGraph']['ensureEntryFromUrl']>>

interface ReadModule {
  /** Of its file; absent where it has none that counts. */
  readonly hash?: string
  readonly imports: readonly Module[]
}

interface KnownModule extends ReadModule {
  readonly mtimeMs: number
  readonly size: number
}

/** The modules of a project: what they import and what their files hold. */
export class ModuleSources {
  readonly #vite: ViteEnvironment
  readonly #roots: readonly string[]
  readonly #known = new Map<Module, KnownModule>()

  constructor(vite: ViteEnvironment, root: string) {
    this.#vite = vite
    // Vite knows modules by their real path, and roots as they were given.
    this.#roots = [root, realpathSync(root)]
  }

  /** A file as Vite transforms it, which is what workers run. */
  async load(file: string): Promise<{ readonly module: Module; readonly code: string }> {
    const { moduleGraph } = this.#vite
    const loaded = [...(moduleGraph.getModulesByFile(file) ?? [])].find(({ id }) => id === file)
    const module = loaded ?? (await moduleGraph.ensureEntryFromUrl(file))
    const result = await this.#vite.transformRequest(module.url)
    return { module, code: result?.code ?? '' }
  }

  /** What a module is called on every machine: its path from the root, or the package that it is in. */
  nameOf({ file, url }: Module): string {
    if (file === null || !isAbsolute(file)) return url
    const inPackage = file.split('/node_modules/')
    return inPackage.length > 1 ? packageName(inPackage.at(-1)!) : this.#pathFromRoot(file)
  }

  /** Every module in the root that some modules lead to, these included, as its path with a hash of its file. */
  async hashesFrom(modules: Iterable<Module>): Promise<string[]> {
    const hashes = new Map<string, string>()
    const reached = new Set(modules)
    // The set grows while it is walked.
    for (const module of reached) {
      const { hash, imports } = await this.#read(module)
      if (hash !== undefined) hashes.set(this.nameOf(module), hash)
      for (const next of imports) reached.add(next)
    }
    return [...hashes].map(([name, hash]) => `${name} ${hash}`).toSorted()
  }

  async #read(module: Module): Promise<ReadModule> {
    const { file } = module
    const isPath = file !== null && isAbsolute(file)
    if (isPath && !this.#isInRoot(file)) return { imports: [] }
    const stats = isPath ? statSync(file, { throwIfNoEntry: false }) : undefined
    // Plugins make up modules, some with a path; what these hold may be another on each machine.
    if (!isPath || stats?.isFile() !== true) return { imports: await this.#importsOf(module) }
    const { mtimeMs, size } = stats
    const known = this.#known.get(module)
    if (known?.mtimeMs === mtimeMs && known.size === size) return known
    const read = { mtimeMs, size, hash: hashOf(file), imports: await this.#importsOf(module) }
    this.#known.set(module, read)
    return read
  }

  async #importsOf(module: Module): Promise<Module[]> {
    try {
      await this.#vite.transformRequest(module.url)
    } catch {
      // Whoever imports a module that is no code hears of it there; here its file counts.
    }
    return [...module.importedModules]
  }

  #isInRoot(file: string): boolean {
    const path = this.#pathFromRoot(file)
    return isAbsolute(file) && !/^\.\.\/|(?:^|\/)node_modules\//.test(path) && !isAbsolute(path)
  }

  #pathFromRoot(file: string): string {
    const paths = this.#roots.map((root) => relative(root, file).split(sep).join('/'))
    return paths.find((path) => !path.startsWith('../')) ?? paths[0]!
  }
}

/** Of a file's bytes, those of code without the line ends that Git gives it on Windows: a text may go to a model as it is. */
function hashOf(file: string): string {
  const bytes = readFileSync(file, 'latin1')
  const content = /\.(?:[cm]?[jt]sx?|json)$/.test(file) ? bytes.replaceAll('\r\n', '\n') : bytes
  return createHash('sha256').update(content, 'latin1').digest('hex')
}

/** Of `@scope/name/dist/index.js`, `@scope/name`. */
function packageName(path: string): string {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/')
}
