import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScanFilter } from '@evals/core'
import { makeFolder } from '../make-folder.ts'
import { unwritable } from '../storage-error.ts'
import { encodeName } from './encode-name.ts'
import { entriesIn } from './entries-in.ts'
import { writeOnce, writeWhole } from './write-whole.ts'

/** Begins the names of folders that are being removed; no experiment's folder begins so. */
const deletedPrefix = '~deleted-'
/** Holds the name of an experiment whose folder's name is cut. */
const nameFile = 'name.txt'

/** The folders of a store's experiments: which there are, and which experiment each holds. */
export class ExperimentFolders {
  readonly #root: string
  /** Those that are there, by experiment. */
  readonly #created = new Map<string, string>()

  /** @param root absolute path of the store's folder */
  constructor(root: string) {
    this.#root = root
  }

  pathOf(experiment: string): string {
    return join(this.#parent, encodeName(experiment))
  }

  /** Makes an experiment's folder, if there is none, and returns its path. */
  create(experiment: string): string {
    let path = this.#created.get(experiment)
    if (path === undefined) {
      path = this.pathOf(experiment)
      this.make(path)
      this.#keepLongName(path, experiment)
      this.#created.set(experiment, path)
    }
    return path
  }

  /**
   * Makes a folder of the store with those above it.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
   */
  make(path: string): void {
    try {
      if (makeFolder(path)) writeOnce(join(this.#root, '.gitignore'), '*\n')
    } catch (error) {
      throw unwritable(path, error)
    }
  }

  /** The names of all experiments; a folder that cannot be one is told to `onProblem`. */
  async names({ onProblem }: Pick<ScanFilter, 'onProblem'> = {}): Promise<string[]> {
    const names: string[] = []
    for (const entry of await entriesIn(this.#parent)) {
      if (entry.isFile() || entry.name.startsWith(deletedPrefix)) continue
      const name = decodeName(entry.name) ?? this.#longName(entry.name)
      if (name !== undefined && isFolderOf(entry.name, name)) names.push(name)
      else onProblem?.({ where: entry.name, what: misnamed(entry.name) })
    }
    return names
  }

  /** Gives an experiment's folder, whose files must be closed, the name of another. */
  rename(from: string, to: string): void {
    this.#move(from, this.pathOf(to))
    this.#keepLongName(this.pathOf(to), to)
  }

  /** Removes an experiment's folder at once, so that nobody finds half of it, and then what it holds. */
  async remove(experiment: string): Promise<void> {
    this.#move(experiment, join(this.#parent, `${deletedPrefix}${randomUUID()}`))
    await this.clear()
  }

  /** Finishes removals, also those of a process that was killed meanwhile. */
  async clear(): Promise<void> {
    for (const { name } of await entriesIn(this.#parent)) {
      const path = join(this.#parent, name)
      if (name.startsWith(deletedPrefix)) await rm(path, { recursive: true, force: true, maxRetries: 5 })
    }
  }

  get #parent(): string {
    return join(this.#root, 'experiments')
  }

  #move(experiment: string, target: string): void {
    this.#created.delete(experiment)
    try {
      renameSync(this.pathOf(experiment), target)
    } catch (error) {
      throw unwritable(this.pathOf(experiment), error)
    }
  }

  #keepLongName(path: string, experiment: string): void {
    try {
      if (decodeName(encodeName(experiment)) === undefined) writeWhole(join(path, nameFile), experiment)
    } catch (error) {
      throw unwritable(path, error)
    }
  }

  #longName(folder: string): string | undefined {
    try {
      return readFileSync(join(this.#parent, folder, nameFile), 'utf8')
    } catch {
      return undefined
    }
  }
}

/** `undefined` for the folder of a name that was cut. */
function decodeName(folder: string): string | undefined {
  try {
    return decodeURIComponent(folder)
  } catch {
    return undefined
  }
}

function misnamed(folder: string): string {
  const better = isName(folder) ? `, for example to ${encodeName(folder)}` : ''
  return `not the folder of an experiment, whose name is made of a-z 0-9 . _ - and %XX. Rename it${better}`
}

function isFolderOf(folder: string, name: string): boolean {
  return isName(name) && encodeName(name) === folder
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.isWellFormed()
}
