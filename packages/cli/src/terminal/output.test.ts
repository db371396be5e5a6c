import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

/** Calls `evals … | head`, which closes the pipe before it has read anything, or after the first piece. */
async function closePipe(folder: CommandFolder, args: readonly string[], when: 'before' | 'after' = 'before') {
  const child = folder.start(args)
  const ended = new Promise((resolve) => child.once('close', resolve))
  if (when === 'before') child.stdout.destroy()
  else child.stdout.once('data', () => child.stdout.destroy())
  return { stderr: await text(child.stderr), exitCode: await ended }
}

const samples = (right: number, output: unknown = 'Paris') =>
  Array.from({ length: 100 }, (_, index) => ({
    id: `s${index}`,
    output,
    scores: { exactMatch: { value: Number(index < right), kind: 'binary' as const } },
  }))

test('a reader that has seen enough changes no verdict', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('old', samples(80))
  await folder.experiment('new', samples(50))
  const ended = await Promise.all([
    closePipe(folder, ['compare', 'old', 'new']),
    closePipe(folder, ['compare', 'old', 'new', '--json']),
    closePipe(folder, ['compare', 'old', 'old']),
    closePipe(folder, ['show', 'old']),
    closePipe(folder, ['--help']),
    closePipe(folder, ['show', '--help']),
  ])
  expect(ended).toEqual([1, 1, 0, 0, 0, 0].map((exitCode) => ({ exitCode, stderr: '' })))
})

test('a long stream ends when nobody reads it, and so does one that nobody ever read', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', samples(80, 'x'.repeat(100_000)))
  for (const when of ['before', 'after'] as const) {
    expect(await closePipe(folder, ['export', 'exp', '--format', 'jsonl'], when)).toEqual({ exitCode: 0, stderr: '' })
  }
})

test.runIf(existsSync('/dev/full'))('output for which there is no room is an error in two lines', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', samples(80))
  const bin = join(import.meta.dirname, '../bin.ts')
  const full = openSync('/dev/full', 'w')
  const calls = [['show', 'exp'], ['export', 'exp', '--format', 'jsonl'], ['compare', 'exp', 'exp'], ['--help']]
  for (const args of calls) {
    const { status, stderr } = spawnSync(process.execPath, ['--conditions=@evals/source', bin, ...args], {
      cwd: folder.path,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `evals: Standard output cannot be written: ENOSPC: no space left on device, write. [EVALS_OUTPUT_UNWRITABLE]
       Make room, or write it elsewhere.
`,
    })
  }
  closeSync(full)
})
