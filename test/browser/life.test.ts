import { Buffer } from 'node:buffer'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { makeDocument, makeRecord, makeRun } from '../../packages/core/src/testing.ts'
import { Dashboard } from './harness/dashboard.ts'
import { expectShown } from './harness/expect-shown.ts'
import { blobOf, png, reviews, writeExperiment } from './harness/experiments.ts'

const dashboard = new Dashboard()
const { store } = dashboard
let address = ''
const run = makeRun('run')

/** A text, HTML and half of a picture, each under a wrong media type, and one whose bytes are missing. */
function badAttachments(): { records: SampleRecord[]; attachments: Record<string, Uint8Array> } {
  const files = [
    [Buffer.from('no image at all'), 'image/jpeg', 'jpg'],
    [Buffer.from('<svg onload="alert(1)" xmlns="http://www.w3.org/2000/svg"/>'), 'image/png', 'png'],
    [png.subarray(0, 30), 'audio/wav', 'wav'],
  ] as const
  const stored = files.map(([bytes, mediaType, extension]) => ({ bytes, ...blobOf(bytes, mediaType, extension) }))
  const { blob: missing } = blobOf(Buffer.from('gone'), 'image/png', 'png')
  return {
    records: [makeRecord({ id: 'bad', scores: {}, output: [...stored.map(({ blob }) => blob), missing] })],
    attachments: Object.fromEntries(stored.map(({ file, bytes }) => [file, bytes])),
  }
}

beforeAll(async () => {
  await writeExperiment(store, {
    name: 'running',
    records: reviews(30),
    document: { status: 'running', evals: {}, runs: [run] },
  })
  await writeExperiment(store, { name: 'half-written', records: reviews(10), isHalfWritten: true })
  appendFileSync(join(store, 'experiments/half-written/records/run-1.jsonl'), '{"v":1,"run":"ru\n')
  await writeExperiment(store, { name: 'no-samples', records: [] })
  await writeExperiment(store, { name: 'doomed', records: reviews(10) })
  const scores = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`scorer number ${index}`, { value: index / 40 }]),
  )
  await writeExperiment(store, { name: 'many-scorers', records: ['a', 'b'].map((id) => makeRecord({ id, scores })) })
  await writeExperiment(store, { name: 'bad-images', ...badAttachments() })
  address = await dashboard.serve()
})
afterAll(() => dashboard[Symbol.asyncDispose]())

test('a run is followed to its end without a reload, and nothing is read twice', async () => {
  const page = await dashboard.open(`${address}#/samples?name=running&outcome=passed&sort=-confidence`)
  const count = page.getByTestId('count')
  await count.getByText('of 30').waitFor()
  const experiment = await dashboard.open(`${address}#/experiment?name=running`)
  await experiment.getByText('30 samples').waitFor()
  await experiment.getByText('A run goes on').waitFor()

  recordMore('running', 30, 32)
  await count.getByText('of 32').waitFor()
  await experiment.getByText('32 samples').waitFor()
  await experiment.getByText(/^\d+ of 32$/).waitFor()
  const rows = dashboard.requests.filter((url) => url.includes('api/rows'))
  expect(rows).toHaveLength(2)

  const ended = makeDocument('running', { runs: [run], updatedAt: '2026-01-03T00:00:00.000Z' })
  writeFileSync(join(store, 'experiments/running/experiment.json'), JSON.stringify(ended))
  await experiment.locator('h1 + .chip', { hasText: 'completed' }).waitFor()
  for (const one of [page, experiment]) await one.context().close()
})

/** Adds some of the reviews to the records. */
const recordMore = (name: string, from: number, to: number): void => {
  const lines = reviews(to)
    .slice(from)
    .map((record) => `${JSON.stringify(record)}\n`)
  appendFileSync(join(store, 'experiments', name, 'records/run-1.jsonl'), lines.join(''))
}

test('an experiment that went on after it was looked at shows what is new', async () => {
  await writeExperiment(store, { name: 'resumed', records: reviews(3) })
  const page = await dashboard.open(`${address}#/samples?name=resumed`)
  const count = page.getByTestId('count')
  await count.getByText('3', { exact: true }).waitFor()
  await page.goto(`${address}#/experiments`)
  await page.getByRole('heading', { name: 'Experiments' }).waitFor()
  recordMore('resumed', 3, 8)
  await page.goto(`${address}#/samples?name=resumed`)
  await count.getByText('8', { exact: true }).waitFor()

  await writeExperiment(store, {
    name: 'resumed',
    records: reviews(4),
    document: { createdAt: '2026-06-06T00:00:00.000Z' },
  })
  await page.goto(`${address}#/experiment?name=resumed`)
  await expectShown(page.getByText('4 samples'))
  await page.context().close()
})

test('a tab that is not seen holds no connection, and goes on when it is', async () => {
  await writeExperiment(store, {
    name: 'behind',
    records: reviews(10),
    document: { status: 'running', evals: {}, runs: [run] },
  })
  const page = await dashboard.open(`${address}#/samples?name=behind`)
  const count = page.getByTestId('count')
  await count.getByText('10', { exact: true }).waitFor()
  const followed = (): string[] => dashboard.requests.filter((url) => url.includes('name=behind'))
  const see = (state: 'hidden' | 'visible'): Promise<unknown> =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))`)

  const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('name=behind'))
  await see('hidden')
  await ended
  recordMore('behind', 10, 12)
  await see('visible')
  await count.getByText('12', { exact: true }).waitFor()
  expect(followed().map((url) => new URL(url).searchParams.get('after'))).toEqual(['0', '10'])
  await page.goto(`${address}#/experiments`)
  await page.waitForEvent('requestfailed')
  await page.context().close()
})

test('an experiment that is deleted while it is open says so', async () => {
  const page = await dashboard.open(`${address}#/samples?name=doomed`)
  await page.getByTestId('count').getByText('10').waitFor()
  rmSync(join(store, 'experiments/doomed'), { recursive: true })
  await page.locator('.body .row a').first().click()
  await expectShown(page.getByText('Nothing is recorded of this sample.'))
  await page.reload()
  await expectShown(page.getByText('The experiment "doomed" is not there'))
  await page.goto(`${address}#/compare?base=doomed&other=running`)
  await expectShown(page.getByText('There is no experiment "doomed".'))
  await writeExperiment(store, {
    name: 'doomed',
    records: reviews(3),
    document: { createdAt: '2026-05-05T00:00:00.000Z' },
  })
  await page.goto(`${address}#/samples?name=doomed`)
  await page.reload()
  await page.getByTestId('count').getByText('3', { exact: true }).waitFor()
  await page.context().close()
})

test('so does one that is deleted while its run is followed', async () => {
  await writeExperiment(store, {
    name: 'followed',
    records: reviews(10),
    document: { status: 'running', evals: {}, runs: [run] },
  })
  const page = await dashboard.open(`${address}#/experiment?name=followed`)
  await page.getByText('10 samples').waitFor()
  rmSync(join(store, 'experiments/followed'), { recursive: true })
  await expectShown(page.getByText('The experiment "followed" was deleted.'))
  await page.context().close()
})

test.each([
  ['half-written', 'was made from its records'],
  ['half-written', 'A line cannot be read'],
  ['no-samples', 'No figures yet'],
  ['many-scorers', 'scorer number 39'],
  ['bad-images', 'No scorer.'],
  ['never-there', 'The experiment "never-there" is not there'],
])('the experiment %s is shown: %s', async (name, text) => {
  const page = await dashboard.open(`${address}#/experiment?name=${name}`)
  await expectShown(page.getByText(text))
  await page.goto(`${address}#/samples?name=${name}&scorer=unknown&min=0.5&sort=score:unknown&cols=nothing`)
  await expectShown(page.getByRole('heading', { name: 'Samples' }))
  await page.context().close()
})

test('200 experiments are listed, searched and sorted', async () => {
  const records = reviews(3)
  for (let index = 0; index < 200; index += 1) {
    const createdAt = new Date(Date.UTC(2025, 0, 1, index)).toISOString()
    await writeExperiment(store, { name: `nightly-${index}`, records, document: { createdAt, runs: [run] } })
  }
  const overview = await dashboard.open(`${address}#/trend?eval=reviews.eval.ts+%3E+sentiment`)
  await overview.getByRole('region', { name: 'Experiments of the trend' }).getByText('nightly-199').waitFor()
  await overview.goto(`${address}#/compare?base=nightly-0&other=nightly-1`)
  await expectShown(overview.getByText('cannot tell', { exact: true }))
  await overview.context().close()
  const page = await dashboard.open(`${address}#/?q=nightly`)
  const names = page.locator('tbody .name a')
  await page.getByText(/^200 of \d+$/).waitFor()
  expect(await names.first().textContent()).toBe('nightly-199')
  await page.getByRole('link', { name: 'Created' }).click()
  expect(await names.first().textContent()).toBe('nightly-0')
  await page.keyboard.press('/')
  await page.keyboard.press('End')
  await page.keyboard.type('-77')
  await page.getByText(/^1 of \d+$/).waitFor()
  expect(await names.allTextContents()).toEqual(['nightly-77'])
  await page.context().close()
})

test('attachments that are not what they say, or are not there, are told so', async () => {
  const page = await dashboard.open(`${address}#/samples?name=bad-images`)
  await page.locator('.body .row a').first().click()
  await page.getByText('It cannot be shown').nth(3).waitFor()
  expect(await page.locator('main img, main audio').count()).toBe(0)
  await page.context().close()
})

test('40 scorers can be compared, and 5 MB outputs opened side by side', async () => {
  const output = 'x'.repeat(5_000_000)
  const scores = { exactMatch: { value: 1 } }
  await writeExperiment(store, { name: 'large-1', records: [makeRecord({ id: 'a', output, scores })] })
  await writeExperiment(store, { name: 'large-2', records: [makeRecord({ id: 'a', output: `${output}y`, scores })] })
  const page = await dashboard.open(`${address}#/compare?base=many-scorers&other=many-scorers`)
  await expectShown(page.getByRole('heading', { name: 'scorer number 39' }))
  await page.goto(`${address}#/compare?base=large-1&other=large-2&key=qa.eval.ts+%3E+capitals&id=a`)
  await expectShown(page.getByText('These texts are too long to show what differs.'))
  await expectShown(page.getByText('Show all 5,000,001 characters of the output'))
  await page.context().close()
})

test('each epoch of a sample is compared', async () => {
  for (const name of ['epochs-1', 'epochs-2']) {
    const records = [0, 1, 2].map((epoch) =>
      makeRecord({ id: 'a', epoch, output: `epoch ${epoch} of ${name}`, scores: { exactMatch: { value: 1 } } }),
    )
    await writeExperiment(store, { name, records })
  }
  const pair = 'base=epochs-1&other=epochs-2&key=qa.eval.ts+%3E+capitals&id=a'
  const page = await dashboard.open(`${address}#/compare?${pair}`)
  await page.getByRole('region', { name: 'Output of epochs-2' }).getByText('epoch 0').waitFor()
  await page.getByRole('navigation', { name: 'Epochs' }).getByText('3').click()
  await page.getByRole('region', { name: 'Output of epochs-2' }).getByText('epoch 2').waitFor()
  await expectShown(page.getByRole('region', { name: 'Output of epochs-1' }).getByText('epoch 2'))
  await page.context().close()
})

test('Enter opens what has the focus, and else the row', async () => {
  await writeExperiment(store, { name: 'by-keys', records: reviews(5) })
  const page = await dashboard.open(`${address}#/samples?name=by-keys`)
  const sort = page.getByRole('columnheader', { name: 'Sample' }).getByRole('link')
  await sort.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/sort=id/)
  await page.locator('summary', { hasText: 'Columns' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Tokens' }).waitFor()
  await page.keyboard.press('Enter')
  await sort.click()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expectShown(page.getByRole('heading', { name: 'review-000004' }))
  await page.context().close()
})

test('names are chosen with all their spaces, and only what is wrong is red', async () => {
  const scores = { distance: { value: 0 }, match: { value: 0, kind: 'binary' } } as const
  const records = ['a', 'b'].map((id) => makeRecord({ id, tags: [`tag  ${id}`], scores }))
  await writeExperiment(store, { name: 'two  spaces', records })
  const page = await dashboard.open(`${address}#/samples?name=two++spaces`)
  await page.getByRole('combobox', { name: 'Tag' }).selectOption({ index: 1 })
  await page.getByTestId('count').getByText('1 of 2').waitFor()
  const red = page.locator('main .row .bad-text')
  expect(await red.allTextContents()).toEqual(['false'])
  await page.locator('.body .row a').click()
  await page.locator('.score-list').waitFor()
  expect(await page.locator('.score-list .bad-text').allTextContents()).toEqual(['false'])
  await page.goto(`${address}#/compare?base=running`)
  await page.getByRole('combobox', { name: 'with', exact: true }).selectOption({ label: 'two spaces' })
  await page.waitForURL(/other=two\+\+spaces/)
  await page.context().close()
})

test('a port that is taken, or is none, is refused', async () => {
  const { port } = new URL(address)
  expect(await dashboard.evals('view', '--port', port)).toBe(2)
  expect(await dashboard.evals('view', '--port', '70000')).toBe(2)
})

test('an address that means nothing is told so', async () => {
  const page = await dashboard.open(`${address}#/nowhere?name=x`)
  await expectShown(page.getByText('There is no page “nowhere”.'))
  await page.context().close()
})
