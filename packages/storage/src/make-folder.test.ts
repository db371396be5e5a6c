import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEntry } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'
import { openStore } from './open-store.ts'

const parent = mkdtempSync(join(tmpdir(), 'make-folder-'))
afterAll(() => rm(parent, { recursive: true }))

test('a folder is made once, with those above it', () => {
  const path = join(parent, 'a', 'b', 'c')
  expect([makeFolder(path), makeFolder(path), makeFolder(join(parent, 'a'))]).toEqual([true, false, false])
  expect(statSync(path).isDirectory()).toBe(true)
})

test('a file in its place, or above it, is an error', () => {
  writeFileSync(join(parent, 'file'), '')
  expect(() => makeFolder(join(parent, 'file'))).toThrow('EEXIST')
  expect(() => makeFolder(join(parent, 'file', 'a', 'b'))).toThrow('ENOTDIR')
})

test.runIf(process.platform === 'linux').each(['json:///proc/no/store', 'sqlite:///proc/no/evals.sqlite'])(
  '%s is refused, where Node would try for ever',
  async (url) => {
    const store = await openStore(url, { root: '/', writer: 'test' })
    const error = { code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringContaining('choose another place') }
    await expect(store.append('exp', makeEntry())).rejects.toMatchObject(error)
    await expect(store.lease('exp')).rejects.toMatchObject(error)
  },
)
