import { createWriteStream } from 'node:fs'
import { lstat, realpath, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a file which takes the place of an earlier one only when it is whole. A link stays one; into what is no file, such
 * as a pipe, is written as it is.
 * @returns the number of bytes
 */
export async function writeWholeFile(path: string, pieces: AsyncIterable<string>): Promise<number> {
  const target = await realpath(path).catch(() => path)
  if (!(await isReplaceable(target))) return writeAll(target, pieces)
  const unfinished = `${target}.unfinished`
  try {
    const bytes = await writeAll(unfinished, pieces)
    await rename(unfinished, target)
    return bytes
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** A link is here only if it leads to nothing; what it names is made by writing. */
function isReplaceable(target: string): Promise<boolean> {
  return lstat(target).then(
    (found) => found.isFile(),
    () => true,
  )
}

async function writeAll(path: string, pieces: AsyncIterable<string>): Promise<number> {
  const output = createWriteStream(path)
  await pipeline(Readable.from(pieces), output)
  return output.bytesWritten
}
