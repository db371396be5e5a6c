import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'
import { flags } from './flags.ts'

test('pictures reach the model, and the records name the files that hold them', async () => {
  const evals = evalsOf(import.meta.dirname)
  onTestFinished(evals.remove)
  const { records } = await evals.run()

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
    expect(new Uint8Array(readFileSync(join(evals.folder, `experiments/test/attachments/${$blob}.png`)))).toEqual(image)
  }
}, 60_000)
