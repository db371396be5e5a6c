import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { evalsOf, type EvalsRun } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let run: EvalsRun

beforeAll(async () => {
  run = await evals.run()
}, 60_000)

afterAll(evals.remove)

test('rows of all formats have become samples, and one is misrouted', () => {
  const inEval = Object.groupBy(run.records, (record) => record.eval.split(' > ')[1]!)
  const facts = ({ id, tags, expected, output }: SampleRecord) => [id, tags, expected, output]
  expect(Object.fromEntries(Object.entries(inEval).map(([name, of = []]) => [name, of.map(facts)]))).toEqual({
    jsonl: [
      ['t-1', [], 'billing', 'billing'],
      ['t-2', [], 'delivery', 'delivery'],
      ['t-3', [], 'delivery', 'billing'],
      ['t-4', [], 'support', 'support'],
    ],
    csv: [
      ['t-5', ['polite', 'short'], 'billing', 'billing'],
      ['t-6', ['long'], 'delivery', 'delivery'],
      ['t-7', ['short'], 'support', 'support'],
    ],
    yaml: [
      ['t-8', [], 'billing', 'billing'],
      ['t-9', [], 'support', 'support'],
    ],
    march: [
      ['2f0926761b4a1829', [], 'billing', 'billing'],
      ['ba0b91713e6f721d', [], 'delivery', 'delivery'],
    ],
    april: [
      ['8b98cd82e6cf55ed', [], 'support', 'support'],
      ['e23fecda3f3cecc2', [], 'billing', 'billing'],
      ['ff0f75ba60ca8d8f', [], 'delivery', 'delivery'],
    ],
  })
})

test('the experiment keeps the name and the split of a dataset that has them', () => {
  const datasets = Object.values(run.document.evals).map(({ dataset }) => dataset)
  const revision = expect.stringMatching(/^[0-9a-f]{16}$/)
  expect(datasets).toEqual([
    { revision, samples: 4 },
    { revision, samples: 3 },
    { revision, samples: 2 },
    { name: 'tickets-by-month', split: 'march', revision, samples: 2 },
    { name: 'tickets-by-month', split: 'april', revision, samples: 3 },
  ])
})

test('`evals datasets` lists it', () => {
  const cli = join(import.meta.dirname, 'node_modules/@evals/cli/dist/bin.js')
  const cwd = import.meta.dirname
  expect(JSON.parse(execFileSync(process.execPath, [cli, 'datasets', '--json'], { cwd, encoding: 'utf8' }))).toEqual([
    {
      name: 'tickets-by-month',
      description: 'What customers wrote in spring',
      splits: ['march', 'april'],
      split: 'march',
      columns: ['text', 'expected'],
    },
  ])
})
