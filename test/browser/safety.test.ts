import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { makeRecord, makeRun } from '../../packages/core/src/testing.ts'
import { Dashboard } from './harness/dashboard.ts'
import { writeExperiment } from './harness/experiments.ts'

const dashboard = new Dashboard()
let address = ''

/** What would run if any of it were read as HTML, or as an address of script. */
const probes = [
  `<script>document.title='owned'</script>`,
  `<img src=x onerror="document.title='owned'">`,
  `"><svg onload="document.title='owned'">`,
  `[click](javascript:document.title='owned') **bold**`,
  `\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u202e`,
  `</script><script>document.title='owned'</script>`,
]

/** A record with a probe wherever a record has text. */
function probing(probe: string, index: number): SampleRecord {
  return makeRecord({
    eval: `${probe} > eval`,
    variant: { [probe]: probe },
    id: `${probe} ${index}`,
    input: { [probe]: [probe, { deep: probe }] },
    expected: probe,
    output: `${probe} # and more`,
    scores: { [probe]: { value: 0.5, explanation: probe, metadata: { [probe]: probe } } },
    error: { name: probe, code: probe, message: probe, stack: probe, cause: { name: probe, message: probe } },
    failure: { message: probe },
    model: probe,
    calls: [
      {
        model: probe,
        purpose: 'task',
        durationMs: 1,
        queuedMs: 0,
        retries: 0,
        cached: false,
        usage: {},
        error: { name: probe, message: probe },
      },
    ],
    trace: [
      { type: 'log', atMs: 1, values: [probe] },
      { type: 'tool', atMs: 2, name: probe, arguments: probe, result: probe },
    ],
    tags: [probe],
    metadata: { [probe]: probe },
  })
}

beforeAll(async () => {
  const large = makeRecord({ id: 'large', output: 'x'.repeat(5_000_000), input: { text: 'y'.repeat(100_000) } })
  const run = {
    ...makeRun(probes[0]!),
    git: { commit: probes[1]!, branch: probes[2]!, dirty: false },
    options: { [probes[0]!]: probes[1] },
  }
  const error = { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message: probes[2]! }
  const undeclared = { eval: probes[0]!, variant: { model: probes[1]! }, error }
  await writeExperiment(dashboard.store, {
    name: 'probes',
    records: [...probes.map(probing), large],
    document: { runs: [run], rebuilt: probes[0]!, undeclared: [undeclared] },
  })
  address = await dashboard.serve()
})
afterAll(() => dashboard[Symbol.asyncDispose]())

test('what a model or a dataset wrote is shown as text on every page, also in a report', async () => {
  expect(await dashboard.evals('report', 'probes', '-o', 'report.html', '--compare', 'probes')).toBe(0)
  for (const base of [address, `file://${dashboard.folder}/report.html`]) {
    for (const hash of [
      '#/',
      '#/experiment?name=probes',
      '#/samples?name=probes',
      '#/trend',
      '#/compare?base=probes&other=probes',
    ]) {
      const page = await dashboard.open(base + hash)
      await page.getByText('img src=x onerror').first().waitFor({ state: 'attached' })
      await expectNothingRan(page)
    }
    for (const probe of probes) {
      const page = await dashboard.open(`${base}#/samples?name=probes`)
      await page.locator('.body .row a').nth(probes.indexOf(probe)).click()
      await page.getByRole('heading', { name: 'Output' }).waitFor()
      for (const button of await page.getByRole('button', { name: 'Markdown' }).all()) await button.click()
      for (const summary of await page.locator('summary').all()) if (await summary.isVisible()) await summary.click()
      expect(await page.locator('main a[href^="javascript:"], main script, main svg, main iframe').count()).toBe(0)
      await expectNothingRan(page)
    }
  }
})

async function expectNothingRan(page: Awaited<ReturnType<Dashboard['open']>>): Promise<void> {
  expect({ title: await page.title(), complaints: dashboard.complaints }).toEqual({ title: 'Evals', complaints: [] })
  expect(await page.evaluate(() => document.querySelectorAll('[onerror], [onload]').length)).toBe(0)
  await page.context().close()
}

test('an eval that could not be declared is named', async () => {
  const page = await dashboard.open(`${address}#/experiment?name=probes`)
  const notice = page.getByText('could not be declared')
  expect(await notice.innerText()).toContain(
    `model=${probes[1]!} could not be declared: EVALS_DATASET_UNREADABLE ${probes[2]!}`,
  )
  await page.context().close()
})

test('control characters are seen, and turn nothing around', async () => {
  const page = await dashboard.open(`${address}#/samples?name=probes`)
  await page.locator('.body .row a').nth(4).click()
  const output = page.getByRole('region', { name: 'Output' })
  expect(await output.innerText()).toContain('⟨ESC⟩]8;;https://evil.example⟨U+0007⟩link⟨ESC⟩]8;;⟨U+0007⟩⟨U+202E⟩')
  await page.context().close()
})

test('an output of 5 MB is cut until somebody wants all of it', async () => {
  const page = await dashboard.open(`${address}#/sample?name=probes&key=qa.eval.ts+%3E+capitals&id=large`)
  const output = page.getByRole('region', { name: 'Output' }).locator('pre')
  await output.waitFor()
  const length = (): Promise<number> => output.evaluate((element) => element.textContent.length)
  expect(await length()).toBe(10_000)
  await page.getByRole('button', { name: 'Show all 5,000,000 characters of the output' }).click()
  expect(await length()).toBe(5_000_000)
  await page.getByText('Show all 100,000 characters').waitFor()
  await page.context().close()
})

test('the page’s policy lets no script but its own run', async () => {
  const page = await dashboard.open(address)
  const blocked = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
    })
    const script = document.createElement('script')
    script.textContent = "document.title = 'owned'"
    document.body.append(script)
    return violation
  })
  expect([blocked, await page.title()]).toEqual(['script-src-elem', 'Evals'])
  await page.context().close()
})

/** The status of an answer to a request as it is, which `fetch` would put right. */
function statusOf(path: string, { method = 'GET', ...headers }: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(address)
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? '{}' : undefined)
  })
}

test('only the page itself is answered', async () => {
  const { pathname, host } = new URL(address)
  const statuses = await Promise.all([
    statusOf(pathname),
    statusOf('/'),
    statusOf(`${pathname.slice(0, -3)}aa/`),
    statusOf(`${pathname}api/experiments`, { host: 'evil.example' }),
    statusOf(`${pathname}api/experiments`, { origin: 'https://evil.example' }),
    statusOf(`${pathname}../package.json`),
    statusOf(`${pathname}api/attachment?name=probes&sha256=../../experiment`),
    statusOf(`${pathname}api/labels?name=probes`, {
      method: 'POST',
      origin: `http://${host}`,
      'content-type': 'text/plain',
    }),
    statusOf(`${pathname}api/labels?name=probes`, { method: 'POST', 'content-type': 'application/json' }),
  ])
  expect(statuses).toEqual([200, 403, 403, 403, 403, 404, 500, 400, 400])
})
