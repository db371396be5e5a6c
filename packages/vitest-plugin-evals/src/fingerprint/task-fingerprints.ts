import { createHash } from 'node:crypto'
import { ModuleSources, type ViteEnvironment } from './module-sources.ts'
import { EvalFile, type DeclaredTask } from './task-slice.ts'

/** The code of an eval's task as a short text. */
export interface TaskHash {
  /** The first 16 hex digits of a SHA-256. */
  readonly hash: string
  /** The task could not be singled out, so that the whole eval file counts, labels and scorers included. */
  readonly whole: boolean
  /** The files it is of, each with the first 8 hex digits of a hash; absent where they are many. */
  readonly files?: Readonly<Record<string, string>>
}

/** A task and where it was declared. */
export interface TaskOfFile extends DeclaredTask {
  /** Absolute path of the eval file. */
  readonly file: string
}

/**
 * What makes the answers of evals, as far as it is code inside the root: the task, what it uses of its file, the
 * fixtures, variants and hooks around it, and every module that these import, with all that those import in turn.
 * Names, rows, scorers, thresholds and other options do not count, nor do packages and files that are read at run time.
 */
export class TaskFingerprints {
  readonly #modules: ModuleSources
  /** The evals of a file ask one after the other. */
  readonly #files = new Map<string, EvalFile>()

  /**
   * @param vite - transforms the eval project's files: `project.vite.environments.ssr`
   * @param root - absolute path of the folder whose modules count
   */
  constructor(vite: ViteEnvironment, root: string) {
    this.#modules = new ModuleSources(vite, root)
  }

  /** Reads an eval file before one of its evals asks. Rejects with Vite's error if it cannot be transformed. */
  async prepare(path: string): Promise<void> {
    const { code } = await this.#modules.load(path)
    this.#parse(path, code)
  }

  /** Rejects with Vite's error if the eval file cannot be transformed any more. */
  async of(task: TaskOfFile): Promise<TaskHash> {
    const { module, code } = await this.#modules.load(task.file)
    const imports = new Map([...module.importedModules].map((imported) => [imported.url, imported]))
    const nameOf = (url: string): string => {
      const imported = imports.get(urlOf(url))
      return imported === undefined ? url : this.#modules.nameOf(imported)
    }
    const slice = this.#parse(task.file, code)?.slice(task, nameOf)
    if (slice === undefined) {
      const hashes = await this.#modules.hashesFrom([module])
      return { hash: hashOf(hashes), whole: true, ...listFiles(hashes) }
    }
    const used = slice.urls.flatMap((url) => imports.get(urlOf(url)) ?? [])
    const hashes = await this.#modules.hashesFrom(used)
    const own = `${this.#modules.nameOf(module)} ${hashOf(slice.pieces)}`
    return { hash: hashOf([...slice.pieces, ...hashes]), whole: false, ...listFiles([own, ...hashes]) }
  }

  #parse(path: string, code: string): EvalFile | undefined {
    const known = this.#files.get(path)
    if (known?.code === code) return known
    try {
      const file = new EvalFile(code)
      this.#files.set(path, file)
      return file
    } catch (error) {
      // Syntax that Node knows and acorn does not yet.
      if (error instanceof SyntaxError) return undefined
      throw error
    }
  }
}

/** The URL of a module in Vite's graph; in code, Vite writes one that plugins made up in another way. */
function urlOf(written: string): string {
  return written.replace(/^\/@id\//, '').replace('__x00__', '\0')
}

/** `experiment.json` holds them for each eval and variant, some 3 KB, and every worker is given them. */
const mostFiles = 50

/** @param hashes each a path and a hash */
function listFiles(hashes: readonly string[]): Pick<TaskHash, 'files'> {
  if (hashes.length > mostFiles) return {}
  const files = hashes.map((each): [file: string, hash: string] => {
    const end = each.lastIndexOf(' ')
    return [each.slice(0, end), each.slice(end + 1, end + 9)]
  })
  return { files: Object.fromEntries(files) }
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
