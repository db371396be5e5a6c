import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { experimentInUse, isStale, type LeaseHolder } from '@evals/core'
import { makeFolder } from '../make-folder.ts'
import { isMissing, systemCode } from '../storage-error.ts'
import { temporaryPath } from './write-whole.ts'

const holderName = 'holder.json'
/** Only a damaged folder needs more than as many as there are processes that try at once. */
const mostAttempts = 100

/**
 * The lease of one experiment: a folder in which each holder has a numbered folder of its own. The highest number holds;
 * an empty file in it means that it was given back.
 *
 * Numbers only grow, so that nobody takes an old holder's place twice: several may find the same holder dead, each moves
 * its own folder to the next number, and the file system lets one of them succeed.
 */
export class LeaseFolder {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /**
   * Returns the number the lease is held under.
   * @throws EvalsError `EVALS_EXPERIMENT_IN_USE`
   */
  take(experiment: string, holder: LeaseHolder): number {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const number = this.#tryToTake(experiment, holder)
        if (number !== undefined) return number
      } catch (error) {
        if (!isFaster(error) || attempt === mostAttempts) throw error
      }
    }
  }

  /** Shows that the holder is alive; false if the lease is no longer its own. */
  beat(number: number, holder: LeaseHolder): boolean {
    if (this.#newest() !== number) return false
    // The same bytes in the same place: nobody reads half of them, and a full disk has room for them.
    writeFileSync(this.#holderPath(number), contentOf(holder), { flag: 'r+' })
    return true
  }

  /** Gives the lease back, if it is still that of `number`. */
  release(number: number): void {
    if (this.#newest() === number) writeFileSync(this.#holderPath(number), '')
  }

  /** `undefined` if the number turned out to be an old one, and one has to look again. */
  #tryToTake(experiment: string, holder: LeaseHolder): number | undefined {
    makeFolder(this.#path)
    const own = temporaryPath(join(this.#path, 'next'))
    try {
      mkdirSync(own)
      writeFileSync(join(own, holderName), contentOf(holder))
      const newest = this.#newest()
      this.#assertFree(newest, experiment, statSync(join(own, holderName)).mtimeMs)
      renameSync(own, join(this.#path, String(newest + 1)))
      return this.#keepOnly(newest + 1)
    } finally {
      rmSync(own, { recursive: true, force: true })
    }
  }

  /** @param nowMs the time by the clock of the file system, which may be another machine's */
  #assertFree(number: number, experiment: string, nowMs: number): void {
    const path = this.#holderPath(number)
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    // There is none yet, or the next holder has just cleared it.
    if (mtimeMs === undefined) return
    const holder = parseHolder(readFileSync(path, 'utf8'))
    if (holder !== undefined && !isStale(holder, nowMs - mtimeMs)) throw experimentInUse(experiment, holder)
  }

  /** Clears what others left; gives way if the number was an old one that had been cleared. */
  #keepOnly(number: number): number | undefined {
    const holds = this.#newest() === number
    for (const name of holds ? readdirSync(this.#path) : [String(number)]) {
      if (!holds || name !== String(number)) rmSync(join(this.#path, name), { recursive: true, force: true })
    }
    return holds ? number : undefined
  }

  /** The highest number; 0 without any. */
  #newest(): number {
    try {
      return Math.max(0, ...readdirSync(this.#path).map(Number).filter(Number.isInteger))
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  }

  #holderPath(number: number): string {
    return join(this.#path, String(number), holderName)
  }
}

function contentOf(holder: LeaseHolder): string {
  return `${JSON.stringify(holder)}\n`
}

/** `undefined` for what was given back, or damaged by a loss of power, which no holder survives. */
function parseHolder(text: string): LeaseHolder | undefined {
  try {
    return JSON.parse(text) as LeaseHolder
  } catch {
    return undefined
  }
}

/** The number was taken, or what was looked at was cleared. */
function isFaster(error: unknown): boolean {
  const codes = ['ENOENT', 'ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM'] : [])]
  return codes.includes(systemCode(error) ?? '')
}
