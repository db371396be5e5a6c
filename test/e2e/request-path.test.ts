import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startModelServer } from '../../fixtures/model-server/src/index.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

const key = 'sk-secret-0123456789abcdef'

/** An application with its own client, on the request path by the exported `fetch`. */
const app = `
import { fetch } from '@evals/providers'

export async function ask(prompt, signal) {
  const response = await fetch(process.env.MODEL_URL + '/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + (process.env.MODEL_KEY ?? '${key}') },
    body: JSON.stringify({ model: 'gpt-5-mini', messages: [{ role: 'user', content: prompt }], max_completion_tokens: 20 }),
    signal,
  })
  if (!response.ok) throw new Error('HTTP ' + response.status)
  return (await response.json()).choices[0].message.content
}
`

function evalFile(name: string, rows: number): string {
  return `
import { evalTest } from 'vitest-plugin-evals'
import { ask } from './app.js'
const rows = Array.from({ length: ${rows} }, (_, n) => ({ prompt: 'echo: ${name} ' + n }))
evalTest.each(rows)('${name}', ({ prompt }, { signal }) => ask(prompt, signal), {
  scorers: [{ name: 'echoed', score: ({ input, output }) => output === input.prompt.slice(6) }],
})
`
}

/** Everything that a run left below \`.evals\`, as one text. */
function everythingStored(project: EvalProject): string {
  const files = globSync(join(project.folder, '.evals/**/*.{json,jsonl}'))
  return files.map((path) => readFileSync(path, 'utf8')).join('\n')
}

describe.each(vitestMajors)('the request path on Vitest %i', (vitest) => {
  it('four files in four workers share one limit, find it, and have each prompt answered once', async () => {
    await using server = await startModelServer({ latencyMs: 20, latencySigma: 0.3, maxConcurrent: 12 })
    const names = ['one', 'two', 'three', 'four']
    const files = Object.fromEntries(names.map((name) => [`${name}.eval.js`, evalFile(name, 100)]))
    using project = new EvalProject({ vitest, files: { 'app.js': app, ...files } })
    const run = await project.run({ env: { MODEL_URL: server.url } })

    expect(run.exitCode).toBe(0)
    const stats = await server.stats()
    expect(stats.prompts).toMatchObject({ distinct: 400, answeredOnce: 400, answeredMoreThanOnce: 0 })
    // Refusals come back late where four cold workers want the processors at once.
    expect(stats.refusals.total).toBeLessThan(160)
    const { records, document } = run.experiment
    expect(records).toHaveLength(400)
    expect(records.every(({ scores }) => scores['echoed']?.value === 1)).toBe(true)
    expect(records.every(({ calls }) => calls.length === 1 && calls[0]!.usage.outputTokens! > 0)).toBe(true)
    // Many were ready at once, so most had to wait; that time is told apart.
    expect(records.filter(({ queuedMs }) => queuedMs > 0).length).toBeGreaterThan(200)
    expect(records.every(({ costUsd }) => costUsd !== null && costUsd > 0)).toBe(true)
    const limits = document?.runs[0]?.limits ?? []
    expect(limits.some(({ reason }) => reason === 'refused')).toBe(true)
    expect(limits.at(-1)?.key).toContain('gpt-5-mini')
  })

  it('the cache answers a second run; in replay a miss is an error that shows what differs', async () => {
    await using server = await startModelServer({})
    using project = new EvalProject({ vitest, files: { 'app.js': app, 'a.eval.js': evalFile('a', 5) } })
    const env = { MODEL_URL: server.url, EVALS_CACHE: 'on', EVALS_TRACES: 'all' }
    const first = await project.run({ env })
    const second = await project.run({ env })
    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect((await server.stats()).requests).toBe(5)
    expect(second.experiment.records.flatMap(({ calls }) => calls)).toMatchObject(
      Array.from({ length: 5 }, () => ({ cached: true, costUsd: 0 })),
    )
    expect(everythingStored(project)).not.toContain(key)

    project.write({ 'a.eval.js': evalFile('b', 1) })
    const replayed = await project.run({ env: { ...env, EVALS_CACHE: 'replay' } })
    expect(replayed.exitCode).toBe(1)
    expect((await server.stats()).requests).toBe(5)
    const [record] = replayed.experiment.records
    expect(JSON.stringify(record?.error)).toContain('EVALS_CACHE_MISS')
    expect(JSON.stringify(record?.error)).toContain('echo: a')
  })

  it('a wrong key is asked with a few times, not ten thousand; the rest is cancelled and can run later', async () => {
    await using server = await startModelServer({ apiKey: 'the right one' })
    using project = new EvalProject({ vitest, files: { 'app.js': app, 'a.eval.js': evalFile('a', 300) } })
    const run = await project.run({ env: { MODEL_URL: server.url } })
    expect(run.exitCode).toBe(1)
    expect((await server.stats()).requests).toBeLessThanOrEqual(64)
    const outcomes = Object.groupBy(run.experiment.records, ({ outcome }) => outcome)
    expect(outcomes.error).toHaveLength(1)
    expect(outcomes.error?.[0]?.error?.message).toContain('HTTP 401')
    expect(outcomes.cancelled?.length).toBeGreaterThan(200)
    expect(everythingStored(project)).not.toContain(key)
  })

  it('a spent budget ends the starting of calls, and what was spent is told', async () => {
    await using server = await startModelServer({ latencyMs: 5 })
    using project = new EvalProject({ vitest, files: { 'app.js': app, 'a.eval.js': evalFile('a', 200) } })
    const run = await project.run({ env: { MODEL_URL: server.url, EVALS_BUDGET_USD: '0.0005' } })
    expect(run.exitCode).toBe(1)
    const { records } = run.experiment
    const spent = records.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThan(0.001)
    expect(new Set(records.map(({ outcome }) => outcome))).toEqual(new Set(['scored', 'cancelled']))
    expect(run.stderr).toMatch(
      /The budget ended the run: \$[\d.]+ of `budgetUsd` \$0\.00050 is spent, and the next call of \S+ may cost \$[\d.]+, more than is left\./,
    )
  })

  it('after Ctrl+C nothing more is asked, and the sockets are closed', async () => {
    await using server = await startModelServer({ latencyMs: 60_000 })
    using project = new EvalProject({ vitest, files: { 'app.js': app, 'a.eval.js': evalFile('a', 200) } })
    using started = project.start({ env: { MODEL_URL: server.url } })
    let open = 0
    const poll = setInterval(() => void server.stats().then(({ inFlight }) => (open = inFlight)), 50)
    await started.until(() => open >= 60)
    clearInterval(poll)
    started.kill('SIGINT')
    expect((await started.ended).exitCode).toBe(130)
    const stats = await server.stats()
    expect(stats).toMatchObject({ inFlight: 0, answered: 0 })
    expect(stats.aborts).toMatchObject({ requestsSinceLast: 0 })
  })
})
