import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { flags } from './flags.ts'

test('pictures reach the model, and the records name the files that hold them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-input-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const options = ['--storage', `json://${folder}`, '--experiment', 'test']
  execFileSync(process.execPath, [vitest, 'run', '--project', 'evals', '--', ...options], {
    cwd: import.meta.dirname,
    env: { ...process.env, LIVE: '0' },
  })
  const experiment = join(folder, 'experiments/test')
  const paths = globSync(`${experiment}/records/*.jsonl`)
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  const records = lines.map((line) => JSON.parse(line) as SampleRecord)

  const answers = Object.fromEntries(
    records.map(({ id, output, scores }) => [id, [output, scores['exactMatch']?.value]]),
  )
  expect(answers).toEqual({
    belgium: ['Belgium', 1],
    france: ['France', 1],
    ireland: ['Ireland', 1],
    italy: ['Italy', 1],
    // Their stripes lie flat.
    germany: ['unknown', 0],
    netherlands: ['unknown', 0],
  })
  for (const { id, input } of records) {
    const { $blob, ...facts } = (input as { image: { $blob: string } }).image
    const { image } = flags.find((flag) => flag.id === id)!
    expect(facts).toEqual({ mediaType: 'image/png', bytes: image.length })
    expect(new Uint8Array(readFileSync(join(experiment, `attachments/${$blob}.png`)))).toEqual(image)
  }
}, 60_000)
