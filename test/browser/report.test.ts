import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dashboard } from './harness/dashboard.ts'
import { reviews, writeExperiment } from './harness/experiments.ts'
import { writeStory } from './harness/story.ts'

const dashboard = new Dashboard()
beforeAll(() => writeStory(dashboard.store))
afterAll(() => dashboard[Symbol.asyncDispose]())

test('a report is one file with all of it: figures, samples, images, the comparison', async () => {
  expect(await dashboard.evals('report', 'prod', '--compare', 'base', '-o', 'report.html')).toBe(0)
  const file = join(dashboard.folder, 'report.html')
  expect(readFileSync(file, 'utf8')).toContain(
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src \'sha256-',
  )
  const page = await dashboard.open(`file://${file}`)
  await page.getByRole('link', { name: 'prod' }).click()
  await page.getByText('302 samples').click()
  await page.getByRole('searchbox').fill('fox')
  await page.getByTestId('count').getByText('2 of 302').waitFor()
  await page.locator('.body .row a').first().click()
  await page.getByText('Close, but the colour is wrong.').waitFor()
  await page.getByText('It cannot be shown').waitFor()
  expect(await page.locator('img').evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(8)
  const sound = page.getByLabel('sound', { exact: true })
  await expect.poll(() => sound.evaluate((element) => (element as HTMLAudioElement).duration)).toBe(0.1)
  expect(await page.getByRole('region', { name: 'Your label' }).count()).toBe(0)
  await page.goto(`file://${file}#/compare`)
  await page.locator('.flips a').first().click()
  await page.getByRole('region', { name: 'Output of base' }).waitFor()
  expect(dashboard.requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([])
  expect(dashboard.complaints).toEqual([])
  await page.context().close()
})

test('a report opens whatever its experiment is called', async () => {
  await writeExperiment(dashboard.store, { name: '__proto__', records: reviews(3) })
  expect(await dashboard.evals('report', '__proto__', '-o', 'named.html')).toBe(0)
  const page = await dashboard.open(`file://${join(dashboard.folder, 'named.html')}`)
  await page.getByRole('link', { name: '__proto__' }).click()
  await page.getByText('3 samples').waitFor()
  await page.context().close()
})

function noise(seed: string, length: number): string {
  return hash('shake256', seed, { outputLength: length / 2, outputEncoding: 'hex' })
}

test('`last` names the experiment to compare with, too', async () => {
  expect(await dashboard.evals('report', 'base', '--compare', 'last', '-o', 'last.html')).toBe(0)
})

test('10,000 samples make a file under 15 MB, and any of them opens', async () => {
  // Texts that can hardly be compressed, as long as an answer of a few sentences.
  const records = reviews(10_000).map((record) => ({
    ...record,
    output: `${String(record.output)} ${noise(record.id, 800)}`,
  }))
  await writeExperiment(dashboard.store, { name: 'ten-thousand', records })
  expect(await dashboard.evals('report', 'ten-thousand', '-o', 'large.html')).toBe(0)
  const file = join(dashboard.folder, 'large.html')
  const megabytes = statSync(file).size / 1e6
  console.log(`a report of 10,000 samples: ${megabytes.toFixed(1)} MB`)
  expect(megabytes).toBeLessThan(15)
  const page = await dashboard.open(`file://${file}#/samples?name=ten-thousand`)
  await page.getByTestId('count').getByText('10,000').waitFor()
  await page.getByRole('searchbox').fill('review-009999')
  await page.getByTestId('count').getByText('1 of 10,000').waitFor()
  await page.locator('.body .row a').first().click()
  await page.getByRole('region', { name: 'Input' }).getByText('order 9999').waitFor()
  await page.context().close()
})

test('a report of what is not there, or to where nothing can be written, fails and says so', async () => {
  expect(await dashboard.evals('report', 'never-there', '-o', 'none.html')).toBe(3)
  expect(await dashboard.evals('report', 'base', '-o', 'no/folder/none.html')).toBe(2)
  expect(await dashboard.evals('report', 'base', '--compare', 'never-there', '-o', 'none.html')).toBe(3)
})
