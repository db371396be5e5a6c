import type { ExperimentDocument } from '@evals/core'
import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'

const folder = mkdtempSync(join(tmpdir(), 'dataset-files-'))
const experiment = join(folder, 'experiments/test')
let records: SampleRecord[]

beforeAll(() => {
  run('vitest/vitest.mjs', 'run', '--project', 'evals', '--', '--storage', `json://${folder}`, '--experiment', 'test')
  const lines = globSync(`${experiment}/records/*.jsonl`).flatMap((path) =>
    readFileSync(path, 'utf8').trim().split('\n'),
  )
  records = lines.map((line) => JSON.parse(line) as SampleRecord)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('rows of all formats have become samples, and one is misrouted', () => {
  const inEval = Object.groupBy(records, (record) => record.eval.split(' > ')[1]!)
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
  const { evals } = JSON.parse(readFileSync(join(experiment, 'experiment.json'), 'utf8')) as ExperimentDocument
  const datasets = Object.values(evals).map(({ dataset }) => dataset)
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
  expect(JSON.parse(run('@evals/cli/dist/bin.js', 'datasets', '--json'))).toEqual([
    {
      name: 'tickets-by-month',
      description: 'What customers wrote in spring',
      splits: ['march', 'april'],
      split: 'march',
      columns: ['text', 'expected'],
    },
  ])
})

function run(program: string, ...args: string[]): string {
  const path = join(import.meta.dirname, 'node_modules', program)
  return execFileSync(process.execPath, [path, ...args], { cwd: import.meta.dirname, encoding: 'utf8' })
}
