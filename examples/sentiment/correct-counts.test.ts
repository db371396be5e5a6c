import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'
import { reviews } from './reviews.ts'

const evals = evalsOf(import.meta.dirname)
const correct: Record<string, number> = {}
let count: number

beforeAll(async () => {
  const { records } = await evals.run()
  count = records.length
  for (const { variant, eval: name, scores } of records) {
    const cell = `${variant['classifier']} on ${name.split(' > ')[1]}`
    correct[cell] = (correct[cell] ?? 0) + (scores['exactMatch']?.value ?? 0)
  }
}, 120_000)

afterAll(evals.remove)

test('the records of a run hold the right answers of all classifiers on all datasets', () => {
  expect(count).toBe(9009)
  expect(correct).toEqual({
    'afinn on amazon': 726,
    'afinn on imdb': 765,
    'afinn on yelp': 696,
    'vader on amazon': 754,
    'vader on imdb': 767,
    'vader on yelp': 722,
    'wink on amazon': 818,
    'wink on imdb': 782,
    'wink on yelp': 731,
  })
})

test('`evals compare` says of every two classifiers what docs/statistics.md tells', () => {
  const cli = join(import.meta.dirname, 'node_modules/@evals/cli/dist/bin.js')
  const args = [cli, 'compare', 'last', '--by', 'classifier', '--json', '--storage', evals.storage]
  // It exits with 1 where something is worse.
  const { scores } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Compared
  const page = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8')
  const rows = ['amazon', 'imdb', 'yelp'].map((site) => {
    const cells = scores.filter(({ eval: name }) => name.endsWith(` > ${site}`)).map(cellOf)
    return `| ${[site, ...cells].join(' | ')} |`
  })
  expect(scores.map(({ variant }) => variant['classifier']).slice(0, 3)).toEqual([
    'afinn → vader',
    'afinn → wink',
    'vader → wink',
  ])
  for (const row of rows) expect(page).toContain(row)
})

interface Compared {
  readonly scores: readonly {
    readonly eval: string
    readonly variant: Readonly<Record<string, string>>
    readonly verdict: string
    readonly sentence: string
  }[]
}

/** The size, interval and adjusted p-value of a sentence. */
function cellOf({ verdict, sentence }: Compared['scores'][number]): string {
  const [, size, interval, p, adjusted = p] =
    /better by (\S+ points) \(95 % CI (.+?), McNemar p ([=<] \S+?)(?: \(Holm (= \S+)\))?,/.exec(sentence) ?? []
  return `${verdict === 'better' ? 'better by' : 'cannot tell,'} ${size} (${interval}, p ${adjusted})`
}

test.each(['amazon', 'imdb', 'yelp'] as const)('%s has one row without text, the last', (site) => {
  expect(reviews(site).flatMap(({ text }, index) => (text === '' ? [index] : []))).toEqual([1000])
})
