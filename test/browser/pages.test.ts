import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dashboard } from './harness/dashboard.ts'
import { expectUsable, looks } from './harness/looks.ts'
import { writeStory } from './harness/story.ts'

const dashboard = new Dashboard()
let address = ''
beforeAll(async () => {
  await writeStory(dashboard.store)
  address = await dashboard.serve()
})
afterAll(() => dashboard[Symbol.asyncDispose]())

const rich = 'key=rich.eval.ts+%3E+rich+%5Bmodel%3Dmini%5D&id=fox'

/** Each page with a text that stands there once its data has come. */
const pages = [
  ['experiments', '#/', 'reviews.eval.ts > sentiment'],
  ['experiment', '#/experiment?name=prod', '302 samples'],
  ['samples', '#/samples?name=prod', '302'],
  ['sample', `#/sample?name=prod&${rich}`, 'Close, but the colour is wrong.'],
  ['compare', '#/compare?base=base&other=prod', 'McNemar'],
  [
    'two outputs',
    '#/compare?base=base&other=prod&key=reviews.eval.ts+%3E+sentiment&id=review-000001',
    'Output of base',
  ],
  ['several compared', '#/compare?base=base&other=prod&other=models', 'base → models'],
  ['variants compared', '#/compare?base=models&by=model', 'mini → huge'],
  ['trend', '#/trend', 'completed with errors'],
  ['trend by commit', '#/trend?by=commit', 'completed with errors'],
] as const

describe.each(looks)('at $width pixels, dark: $dark', (look) => {
  test.each(pages)('the page %s is there, fits and can be used by everybody', async (name, hash, text) => {
    const page = await dashboard.open(address + hash, look)
    await page.getByText(text).first().waitFor()
    await expectUsable(page, `${name.replaceAll(' ', '-')}-${look.width}-${look.dark ? 'dark' : 'light'}`)
  })
})

test('no page asked for anything but what this machine serves, and none complained', () => {
  expect(dashboard.requests.length).toBeGreaterThan(50)
  expect(dashboard.requests.filter((url) => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
  expect(dashboard.complaints.filter((text) => !text.includes('404'))).toEqual([])
})

test('a sample shows all that is recorded: image, broken image, sound, difference, calls, trace, epochs', async () => {
  const page = await dashboard.open(`${address}#/sample?name=prod&${rich}`)
  await page.getByText('It cannot be shown').waitFor()
  const image = page.locator('img')
  expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(8)
  const sound = page.getByLabel('sound', { exact: true })
  await expect.poll(() => sound.evaluate((element) => (element as HTMLAudioElement).duration)).toBe(0.1)
  expect(await page.locator('del').allTextContents()).toContain('brown')
  expect(await page.locator('ins').allTextContents()).toContain('**red**')
  const text = await page.locator('main').innerText()
  for (const shown of [
    'The judge did not answer.',
    '1,200',
    '$0.0012',
    'retrieve',
    'search',
    'similarity is below 0.9',
  ]) {
    expect(text).toContain(shown)
  }
  await page.getByRole('button', { name: 'Markdown' }).click()
  expect(await page.locator('.markdown strong').textContent()).toBe('red')
  await page.getByRole('navigation', { name: 'Epochs' }).getByText('2').click()
  await page.getByText('fox #2').waitFor()
  await page.context().close()
})

test('why the score dropped is four clicks away', async () => {
  const page = await dashboard.open(address)
  await page.getByRole('link', { name: 'prod' }).click()
  await page.getByRole('link', { name: 'Compare with base' }).click()
  const compared = page.getByRole('region', { name: 'exactMatch of reviews.eval.ts > sentiment', exact: true })
  expect(await compared.locator('header').innerText()).toContain('worse')
  await compared.locator('.flips a').first().click()
  await page.getByRole('region', { name: 'Output of prod' }).getByText('All of it').click()
  await page.getByRole('heading', { name: /review-/ }).waitFor()
  expect(page.url()).toContain('#/sample?name=prod')
  await page.context().close()
})

test('experiments and variants are chosen on the page, and a sample opens with both answers', async () => {
  const page = await dashboard.open(`${address}#/compare`)
  await page.getByRole('combobox', { name: 'Base', exact: true }).selectOption('models')
  await page.getByRole('combobox', { name: 'or within it by' }).selectOption('model')
  await page.getByRole('region', { name: 'big → huge', exact: true }).waitFor()
  const verdicts = page.getByRole('region', { name: 'Verdicts of all pairs' })
  expect(await verdicts.locator('tbody tr').count()).toBe(2)
  await page.getByRole('region', { name: 'mini → huge', exact: true }).locator('.flips summary').nth(1).click()
  await page.getByRole('region', { name: 'mini → huge', exact: true }).locator('.flips a:visible').first().click()
  await page.getByRole('region', { name: 'Output of huge' }).getByText('All of it').click()
  await page.getByRole('heading', { name: /review-/ }).waitFor()
  expect(new URLSearchParams(page.url().split('?')[1]).get('key')).toBe('reviews.eval.ts > sentiment [model=huge]')

  await page.goto(`${address}#/compare?base=base`)
  await page.getByRole('combobox', { name: 'with', exact: true }).selectOption('prod')
  await page.getByRole('combobox', { name: 'and', exact: true }).selectOption('models')
  await page.getByRole('region', { name: 'base → models', exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'with', exact: true }).selectOption('')
  await page.getByRole('region', { name: 'exactMatch of reviews.eval.ts > sentiment', exact: true }).waitFor()
  expect(page.url()).toMatch(/#\/compare\?base=base&other=models$/)
  await page.context().close()
})

test('a label is kept beside the records, and can be taken back', async () => {
  const page = await dashboard.open(`${address}#/sample?name=base&key=reviews.eval.ts+%3E+sentiment&id=review-000004`)
  await page.getByLabel('Note').fill('<b>sure</b>')
  await page.getByRole('button', { name: 'Right' }).click()
  await page.locator('button.good[aria-pressed=true]').waitFor()
  await page.reload()
  await page.locator('button.good[aria-pressed=true]').waitFor()
  expect(await page.getByLabel('Note').inputValue()).toBe('<b>sure</b>')
  await page.getByRole('button', { name: 'Right' }).click()
  await page.locator('button.good[aria-pressed=false]').waitFor()
  await page.context().close()
})
