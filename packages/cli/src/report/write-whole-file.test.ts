import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempDisposableSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeWholeFile } from './write-whole-file.ts'

async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text
    yield text
  }
}

test('a file is replaced by a whole one, and stays as it is where that fails', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-file-'))
  const path = join(folder.path, 'a.html')
  expect(await writeWholeFile(path, pieces('one', 'ä'))).toBe(5)
  await expect(writeWholeFile(path, pieces('two', new Error('no')))).rejects.toThrow('no')
  expect(readFileSync(path, 'utf8')).toBe('oneä')
  expect(readdirSync(folder.path)).toEqual(['a.html'])
})

test('a link stays one, also where it leads to nothing yet', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-file-'))
  const [target, link] = [join(folder.path, 'target.html'), join(folder.path, 'link.html')]
  symlinkSync('target.html', link)
  for (const text of ['first', 'second']) {
    await writeWholeFile(link, pieces(text))
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe(text)
  }
  await expect(writeWholeFile(link, pieces('third', new Error('no')))).rejects.toThrow('no')
  expect(readFileSync(target, 'utf8')).toBe('second')
})

test.skipIf(process.platform === 'win32')('a pipe is written into', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-file-'))
  const path = join(folder.path, 'pipe')
  execFileSync('mkfifo', [path])
  const [read] = await Promise.all([readFile(path, 'utf8'), writeWholeFile(path, pieces('text'))])
  expect(read).toBe('text')
  expect(lstatSync(path).isFIFO()).toBe(true)
})

test('a folder is no file', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-file-'))
  const path = join(folder.path, 'sub')
  writeFileSync(join(folder.path, 'kept'), '')
  await expect(writeWholeFile(folder.path, pieces('text'))).rejects.toThrow('EISDIR')
  await expect(writeWholeFile(join(path, 'a'), pieces('text'))).rejects.toThrow('ENOENT')
  expect(readdirSync(folder.path)).toEqual(['kept'])
})
