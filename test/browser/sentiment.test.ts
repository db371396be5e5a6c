import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dashboard } from './harness/dashboard.ts'
import { expectUsable, looks } from './harness/looks.ts'

const example = join(import.meta.dirname, '../../examples/sentiment')
const dashboard = new Dashboard()
let address = ''

/** Runs the example as its users do, into the store of the test. */
async function runExample(experiment: string, limit: number): Promise<void> {
  const vitest = join(example, 'node_modules/vitest/vitest.mjs')
  const args = ['--conditions=@evals/source', vitest, 'run', '--project', 'evals']
  const env = { ...process.env, EVALS_STORAGE: `json://${dashboard.store}`, EVALS_EXPERIMENT: experiment }
  // Under Vitest's own variables it would take itself for a worker.
  for (const name of Object.keys(env))
    if (/^(VITEST|NODE_ENV$|TEST$)/.test(name)) delete (env as NodeJS.ProcessEnv)[name]
  await promisify(execFile)(process.execPath, [...args, '--', '--limit', String(limit)], { cwd: example, env })
}

beforeAll(async () => {
  await runExample('first', 60)
  await runExample('second', 90)
  address = await dashboard.serve()
})
afterAll(() => dashboard[Symbol.asyncDispose]())

/** Each page with a text that stands there once its data has come. */
const pages = [
  ['experiments', '#/', 'sentiment.eval.ts > imdb [classifier=vader]'],
  ['experiment', '#/experiment?name=second', '810 samples'],
  ['samples', '#/samples?name=second', '810'],
  ['compare', '#/compare?base=first&other=second', 'sentiment.eval.ts > yelp [classifier=wink]'],
  ['variants', '#/compare?base=second&by=classifier', 'afinn → wink'],
  ['trend', '#/trend', 'second'],
  ['trend-by-commit', '#/trend?by=commit', 'second'],
] as const

describe.each(looks)('at $width pixels, dark: $dark', ({ width, dark }) => {
  const look = `${width}-${dark ? 'dark' : 'light'}`

  test.each(pages)('the page %s of a real experiment can be used by everybody', async (name, hash, text) => {
    const page = await dashboard.open(address + hash, { width, dark })
    await page.getByText(text).first().waitFor()
    await expectUsable(page, `sentiment-${name}-${look}`)
  })

  test('so can a sample, reached from the table', async () => {
    const page = await dashboard.open(`${address}#/samples?name=second&scorer=exactMatch&max=0.5`, { width, dark })
    await page.locator('.body .row a').first().click()
    await page.getByRole('region', { name: 'Output' }).waitFor()
    await expectUsable(page, `sentiment-sample-${look}`)
  })
})

test('no page asked for anything but what this machine serves, and none complained', () => {
  expect(dashboard.requests.length).toBeGreaterThan(50)
  expect(dashboard.requests.filter((url) => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
  expect(dashboard.complaints).toEqual([])
})
