import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

const files = {
  'slow.eval.ts': `
import { setTimeout as sleep } from 'node:timers/promises'
import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'

const rows = Array.from({ length: 12 }, (_, index) => ({ id: 's' + index, input: { index }, expected: 'yes' }))
evalTest.each(rows)('slow', () => sleep(300, 'yes'), { scorers: [exactMatch()], concurrency: 1 })
`,
}
const ui = { command: 'watch', args: ['--project', 'evals', '--ui', '--open=false'] } as const

/** The answer once there is one: a run begins its experiment a moment after Vitest has told the address. */
async function eventually(url: string): Promise<Response> {
  for (;;) {
    const response = await fetch(url)
    if (response.status !== 404) return response
    await response.body?.cancel()
    await sleep(20)
  }
}

describe.each(vitestMajors)('vitest --ui on Vitest %i', (vitest) => {
  it('has the page behind its own token: it follows the run, and keeps labels', async () => {
    using project = new EvalProject({ vitest, files })
    using started = project.start(ui)
    await started.until(() => /Evals at \S+\n/.test(started.stdout))
    const [, address = ''] = /Evals at (\S+)/.exec(started.stdout) ?? []
    const rows = await eventually(`${address}api/rows?name=watch`)

    const page = await fetch(address)
    expect(await page.text()).toContain('<script type="module" crossorigin src="./dashboard.js"></script>')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
    expect((await fetch(`${address}dashboard.js`)).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const refused = [
      fetch(address.replace(/[^/]+\/$/, '')),
      fetch(address.replace(/.\/$/, '~/')),
      fetch(`${address}api/experiments`, { headers: { origin: 'http://localhost:1' } }),
    ]
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 403, 403])

    const events = await rows.text()
    expect(events.match(/"id":\[[^\]]*\]/g)?.join()).toMatch(/"s0".*"s11"/)
    expect(events.indexOf('event: caught-up')).toBeLessThan(events.indexOf('"s11"'))
    expect(events).toMatch(/"status":"completed"[^]*event: end/)

    const label = { eval: 'slow.eval.ts > slow', variant: {}, id: 's0', epoch: 0, label: 'good', note: 'sure' }
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(label) }
    expect((await fetch(`${address}api/labels?name=watch`, sent)).status).toBe(204)
    expect(await (await fetch(`${address}api/labels?name=watch`)).json()).toMatchObject([label])

    started.kill('SIGINT')
    expect((await started.ended).exitCode).toBe(130)
  })
})
