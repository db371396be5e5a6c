import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attachmentUnreadable, type Attachment } from '@evals/core'
import { isMissing, unreadable } from '../storage-error.ts'
import { extensionOf, extensions } from './file-extension.ts'
import { writeWhole } from './write-whole.ts'

/** Writes the file of an attachment and returns its path; `undefined` if it was there already, whole. */
export function writeAttachment(folder: string, { sha256, mediaType, bytes }: Attachment): string | undefined {
  const path = join(folder, `${sha256}.${extensionOf(mediaType)}`)
  // A loss of power can leave a shorter file.
  if (statSync(path, { throwIfNoEntry: false })?.size === bytes.byteLength) return undefined
  writeWhole(path, bytes)
  return path
}

const sha256Pattern = /^[0-9a-f]{64}$/

/**
 * The bytes of an attachment.
 * @throws EvalsError `EVALS_ATTACHMENT_UNREADABLE` if they are missing or damaged, `EVALS_STORAGE_UNREADABLE`
 */
export async function readAttachment(folder: string, sha256: string): Promise<Uint8Array> {
  // A request or a record of somebody else may name a file outside of the folder.
  for (const extension of sha256Pattern.test(sha256) ? extensions : []) {
    const path = join(folder, `${sha256}.${extension}`)
    const bytes = await readIfThere(path)
    if (bytes === undefined) continue
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw attachmentUnreadable(path, 'damaged')
    return bytes
  }
  throw attachmentUnreadable(join(folder, sha256), 'missing')
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw unreadable(path, error)
  }
}
