import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import type { Passage } from './handbook.ts'

test('what was not found and what was made up are two different scores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rag-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  execFileSync(process.execPath, [vitest, 'run', '--project', 'evals', '--', '--storage', `json://${folder}`], {
    cwd: import.meta.dirname,
    env: { ...process.env, LIVE: '0' },
  })
  const paths = globSync(join(folder, 'experiments/*/records/*.jsonl'))
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  const records = lines.map((line) => JSON.parse(line) as SampleRecord)
  // Before it is judged, an answer is already recorded once.
  const judged = records.filter(({ outcome }) => outcome === 'scored')

  const facts = ({ id, metadata, scores }: SampleRecord) => {
    const context = (metadata['context'] as readonly Passage[]).map((passage) => passage.id)
    return [id, { context, recallAtK: scores['recallAtK']?.value, faithfulness: scores['faithfulness']?.value }]
  }
  expect(Object.fromEntries(judged.map(facts))).toEqual({
    return: { context: ['returns', 'hours'], recallAtK: 1, faithfulness: 1 },
    bulb: { context: ['bulbs', 'warranty'], recallAtK: 1, faithfulness: 1 },
    sunday: { context: ['hours', 'delivery'], recallAtK: 1, faithfulness: 1 },
    card: { context: ['gift-cards', 'delivery'], recallAtK: 1, faithfulness: 1 },
    // Faithful to the wrong passages.
    broken: { context: ['returns', 'bulbs'], recallAtK: 0, faithfulness: 1 },
    // Made up, although the right passage was there.
    abroad: { context: ['delivery', 'warranty'], recallAtK: 1, faithfulness: 0 },
  })
  expect(judged[0]).toMatchObject({
    calls: [
      { purpose: 'task', model: 'openai:text-embedding-3-small' },
      { purpose: 'task', model: 'mock:mock' },
      { purpose: 'score', model: 'mock:mock' },
      { purpose: 'score', model: 'mock:mock' },
    ],
  })
}, 60_000)
