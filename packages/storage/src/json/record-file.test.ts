import { mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { RecordFile } from './record-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'record-file-'))
afterAll(() => rm(folder, { recursive: true }))

test('records of one turn of the event loop may be more than a string can hold', async () => {
  const file = new RecordFile(devNull, () => {})
  // 516 MB of them, and a string holds 512.
  const line = 'x'.repeat(4 << 20)
  await expect(Promise.all(Array.from({ length: 129 }, () => file.append(line)))).resolves.toHaveLength(129)
  file.close()
})

test('lines that go to the file in several writes stay whole and in order', async () => {
  const path = join(folder, 'run-1.jsonl')
  const file = new RecordFile(path, () => {})
  const lines = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(3 << 20))
  await Promise.all(lines.map((line) => file.append(line)))
  file.close()
  expect(await readFile(path, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''))
})
