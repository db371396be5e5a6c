import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { threadId, Worker } from 'node:worker_threads'
import type { Endpoint } from '@evals/core'
import { ManualClock } from '@evals/core/testing'
import { beforeEach, expect, test } from 'vitest'
import type { EndpointsMessage } from '../channel/endpoints-message.ts'
import { acceptWorkers } from '../channel/main/accept-workers.ts'
import { ChannelServer } from '../channel/main/channel-server.ts'
import { ModelServers } from './model-servers.ts'
import { calls, goOn, provider, type TestSpec } from './providers.test-support.ts'

const root = join(import.meta.dirname, '../../../..')
const lines: string[] = []
let clock: ManualClock
let servers: ModelServers

beforeEach(() => {
  lines.length = calls.length = 0
  clock = new ManualClock()
  servers = new ModelServers({ importFile: (path) => import(path), log: (line) => lines.push(line), clock })
})

const messageOf = (spec: TestSpec, more: Partial<EndpointsMessage> = {}): EndpointsMessage => ({
  provider: 'test',
  module: provider.module,
  spec,
  ...more,
})

test('a provider is set up once for each spec, whoever asks and in whatever order its members are', async () => {
  const asked = [
    servers.endpoints(messageOf({ name: 'a' })),
    servers.endpoints(messageOf({ name: 'b' })),
    servers.endpoints({ spec: { name: 'a' }, module: provider.module, provider: 'test' }),
  ]
  expect(await Promise.all(asked)).toEqual([
    [{ baseURL: 'http://a' }],
    [{ baseURL: 'http://b' }],
    [{ baseURL: 'http://a' }],
  ])
  expect(await servers.endpoints(messageOf({ name: 'a' }))).toEqual([{ baseURL: 'http://a' }])
  expect(calls).toEqual(['begin a', 'begin b'])
  expect(lines).toEqual(['Model provider "test": starting a', 'Model provider "test": starting b'])
  await servers.endRun()
  expect(calls.slice(2).toSorted()).toEqual(['end a', 'end b'])
  await servers.endRun()
  expect(calls).toHaveLength(4)
})

test('a set-up that failed is not tried again in the same run', async () => {
  const first = servers.endpoints(messageOf({ name: 'a', fails: 'evals' }))
  await expect(first).rejects.toMatchObject({
    code: 'EVALS_PROVIDER_FAILED',
    message: 'no GPU',
    details: { log: ['a'] },
  })
  await expect(servers.endpoints(messageOf({ name: 'a', fails: 'evals' }))).rejects.toThrow('no GPU')
  await expect(servers.endpoints(messageOf({ name: 'b', fails: 'plain' }))).rejects.toMatchObject({
    code: 'EVALS_PROVIDER_FAILED',
    message: 'The model provider "test" could not set up its compute: no GPU',
    cause: expect.any(RangeError),
  })
  expect(calls).toEqual(['begin a', 'begin b'])
  await servers.endRun()
  expect(calls).toEqual(['begin a', 'begin b'])
})

test('between the runs of watch mode only what failed is forgotten', async () => {
  await servers.endpoints(messageOf({ name: 'a' }))
  await expect(servers.endpoints(messageOf({ name: 'b', fails: 'evals' }))).rejects.toThrow('no GPU')
  await servers.endRun({ keep: true })
  await servers.endpoints(messageOf({ name: 'a' }))
  await expect(servers.endpoints(messageOf({ name: 'b', fails: 'evals' }))).rejects.toThrow('no GPU')
  expect(calls).toEqual(['begin a', 'begin b', 'begin b'])
  await servers.endRun()
  expect(calls.slice(3)).toEqual(['end a'])
})

test('the end of the run cancels set-ups, and ends those that do not listen', async () => {
  const listening = servers.endpoints(messageOf({ name: 'a', waits: true }))
  await expect.poll(() => goOn.has('a')).toBe(true)
  await servers.endRun()
  await expect(listening).rejects.toMatchObject({ name: 'AbortError' })
  expect(calls).toEqual(['begin a'])

  // What was set up too late.
  const deaf = servers.endpoints(messageOf({ name: 'b' }))
  await Promise.all([servers.endRun(), deaf])
  expect(calls).toEqual(['begin a', 'begin b', 'end b'])
})

test('a disposal that fails or hangs is told, and ends the run all the same', async () => {
  for (const name of ['a', 'b', 'c'] as const) {
    const how = { a: {}, b: { disposal: 'fails' }, c: { disposal: 'hangs' } } as const
    await servers.endpoints(messageOf({ name, ...how[name] }))
  }
  lines.length = 0
  const ended = servers.endRun()
  await expect.poll(() => calls.length).toBe(6)
  await expect.poll(() => clock.waiting).toBe(1)
  clock.advance(60_000)
  await ended
  expect(lines).toEqual([
    'Model provider "test": could not end its compute: the cloud is down. See that nothing is left running.',
    'Model provider "test": did not end its compute within 60 s. See that nothing is left running.',
  ])
})

test.for([
  ['nothing', 'returned no `dispose` function'],
  ['no endpoints', 'returned no endpoints'],
  ['no address', 'returned an endpoint without a `baseURL`'],
  ['a function', 'returned endpoints that cannot be sent to workers'],
] as const)('a set-up that returns %s is an error, and its compute ended', async ([returns, message]) => {
  await expect(servers.endpoints(messageOf({ name: 'a', returns }))).rejects.toMatchObject({
    code: 'EVALS_PROVIDER_FAILED',
    message: expect.stringContaining(message),
  })
  expect(calls).toEqual(returns === 'nothing' ? ['begin a'] : ['begin a', 'end a'])
})

test('a disposal that fails as well is told besides', async () => {
  const asked = servers.endpoints(messageOf({ name: 'a', returns: 'no endpoints', disposal: 'fails' }))
  await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('returned no endpoints') })
  expect(lines.at(-1)).toBe(
    'Model provider "test": could not end its compute: the cloud is down. See that nothing is left running.',
  )
})

test.for([
  ['is not exported', { provider: 'other' }, 'exports no provider of that name'],
  [
    'has no file',
    { module: pathToFileURL('/nowhere/provider.ts').href },
    "cannot be imported by Vitest's main process",
  ],
  ['has another kind of URL', { module: 'https://example.com/provider.ts' }, "cannot be imported by Vitest's main"],
] as const)('a provider that %s is an error that says what to do', async ([, more, message]) => {
  await expect(servers.endpoints(messageOf({ name: 'a' }, more))).rejects.toMatchObject({
    code: 'EVALS_PROVIDER_FAILED',
    message: expect.stringMatching(new RegExp(`${message}.*Export it from a file of its own`, 's')),
  })
})

test('four workers that ask at once get one local server, which ends with the run', async () => {
  const answering = new ChannelServer([servers.service])
  const stopAccepting = acceptWorkers('run', (worker, port) => answering.connect(worker, port))
  const message: EndpointsMessage = {
    provider: 'local-server',
    module: pathToFileURL(join(root, 'packages/providers/src/local-server.ts')).href,
    spec: {
      command: process.execPath,
      args: [join(root, 'fixtures/model-server/src/main.ts'), '--port', '{port}'],
      readiness: { path: '/health', intervalMs: 20 },
      modelId: 'sim-large',
    },
  }
  const answers = await Promise.all(Array.from({ length: 4 }, () => askInWorker(message)))
  const [first] = answers
  expect(first).toEqual([{ baseURL: expect.stringMatching(/^http:\/\/127/), modelId: 'sim-large' }])
  expect(answers).toEqual([first, first, first, first])
  const [server, ...others] = childrenWith('model-server/src/main.ts')
  expect(others).toEqual([])

  await servers.endRun()
  expect(childrenWith('model-server/src/main.ts')).toEqual([])
  await expect.poll(() => childrenWith('function guard(')).toEqual([])
  expect(server).toBeGreaterThan(0)
  stopAccepting()
  answering.close()
})

async function askInWorker(message: EndpointsMessage): Promise<readonly Endpoint[]> {
  const worker = new Worker(new URL('./ask-endpoints.test-support.ts', import.meta.url), {
    workerData: { channel: 'run', mainThread: threadId, message },
    execArgv: ['--conditions=@evals/source'],
  })
  const [{ endpoints, error }] = (await once(worker, 'message')) as [{ endpoints: Endpoint[]; error?: Error }]
  if (error !== undefined) throw error
  return endpoints
}

/** Running processes of this one whose command line contains a text. */
function childrenWith(text: string): readonly number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [pid, parent, state = ''] = line.trim().split(/\s+/)
    return Number(parent) === process.pid && !state.startsWith('Z') && line.includes(text) ? [Number(pid)] : []
  })
}
