import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMissing } from './storage-error.ts'

/**
 * Makes a folder with those above it; true if there was none. Node's own recursive `mkdir` does not return where a folder
 * lets nobody make another in it and says that it is missing, such as `/proc`.
 */
export function makeFolder(path: string): boolean {
  try {
    return makeIn(path)
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error
  }
  makeFolder(dirname(path))
  return makeIn(path)
}

function makeIn(path: string): boolean {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if (existsSync(path) && statSync(path).isDirectory()) return false
    throw error
  }
}
