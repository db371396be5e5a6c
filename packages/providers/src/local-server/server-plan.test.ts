import { expect, test } from 'vitest'
import type { LocalServerSpec } from './local-server-spec.ts'
import { planServers } from './server-plan.ts'

const spec: LocalServerSpec = { command: 'serve', args: ['{port}'], readiness: { path: '/health' }, modelId: 'm' }

test('what a spec leaves out has defaults; placeholders are filled in, other braces stay', async () => {
  const args = ['--url', 'http://127.0.0.1:{port}', '--config', '{"port":1}']
  const [plan, ...others] = await planServers({ ...spec, args, env: { GPU: '{replica}' } })
  expect(others).toEqual([])
  expect(plan).toMatchObject({
    command: 'serve',
    args: ['--url', plan!.url, '--config', '{"port":1}'],
    env: { ...process.env, GPU: '0' },
    cwd: process.cwd(),
    readiness: { path: '/health', timeoutMs: 300_000, intervalMs: 250 },
    restart: { times: 3, backoffMs: 1000 },
    graceMs: 10_000,
  })
})

test('replicas follow the port of the first', async () => {
  // The next port may be somebody else's, but not that of ten.
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, async () => {
      const [free] = await planServers(spec)
      const port = Number(new URL(free!.url).port)
      const plans = await planServers({ ...spec, args: ['{port}'], port, replicas: 2 })
      return plans.map(({ args }) => Number(args[0]) - port)
    }),
  )
  expect(tries).toContainEqual({ status: 'fulfilled', value: [0, 1] })
})

test('a port that a spec names can be planned again, as the next run of watch mode does', async () => {
  const [free] = await planServers(spec)
  const port = Number(new URL(free!.url).port)
  for (const _ of [1, 2]) expect(await planServers({ ...spec, port })).toMatchObject([{ url: free!.url }])
})

test('replicas without a port get different ones', async () => {
  const plans = await planServers({ ...spec, replicas: 3 })
  expect(new Set(plans.map(({ url }) => url)).size).toBe(3)
})

test.for<[string, Partial<Record<keyof LocalServerSpec, unknown>>]>([
  ['command', { command: ' ' }],
  ['modelId', { modelId: '' }],
  ['readiness.path', { readiness: {} }],
  ['readiness.path', { readiness: undefined }],
  ['replicas', { replicas: 0 }],
  ['replicas', { replicas: 1.5 }],
  ['port', { port: 0 }],
  ['port', { port: 70_000 }],
  ['port', { port: 65_535, replicas: 2 }],
  ['port', { args: ['--port', '8000'] }],
])('an impossible %s is an error', async ([option, changed]) => {
  await expect(planServers({ ...spec, ...changed } as LocalServerSpec)).rejects.toMatchObject({
    code: 'EVALS_OPTION_INVALID',
    details: { option },
  })
})
