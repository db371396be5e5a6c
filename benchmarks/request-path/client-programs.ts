/** Reads a job (see `run-client.ts`) from its input, makes the calls and prints what it took. */
const client = `import { json } from 'node:stream/consumers'

const job = await json(process.stdin)
const { connect } = await import('./clients/' + job.client + '.js')

async function tell(path, body) {
  await (await fetch(new URL(path, job.url), { method: 'POST', body })).text()
}

// All times are a tenth of real ones, but compiling takes as long as ever: it is done before.
const warm = connect({ ...job, maxConnections: 20, concurrency: 20 })
await Promise.all(Array.from({ length: 1000 }, (_, index) => warm('Warm up ' + index)))
await tell('/configure', JSON.stringify(job.server))
await tell('/reset')
const ask = connect(job)
const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
const { promise: givenUp, reject: giveUp } = Promise.withResolvers()
if (job.giveUpAfterMs !== undefined) setTimeout(() => giveUp(new Error('given up')), job.giveUpAfterMs)
const ends = await Promise.allSettled(job.prompts.map((prompt) => Promise.race([ask(prompt), givenUp])))
const ms = performance.now() - startedAt
const { user, system } = process.cpuUsage(cpuBefore)
const failures = ends.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.code ?? reason.message)
const errors = [...new Set(failures)].slice(0, 3)
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, failed: failures.length, errors }))
process.exit()
`

/** Makes calls without end from some loops, and prints what they took and what memory is in use now and then. */
const loops = `import { json } from 'node:stream/consumers'

const job = await json(process.stdin)
const { connect } = await import('./clients/' + job.client + '.js')
const ask = connect(job)
let asked = 0

async function callUntil(count) {
  await Promise.all(Array.from({ length: job.loops }, async () => {
    while (asked < count) {
      asked += 1
      await ask('Question ' + asked)
    }
  }))
}

await callUntil(job.warmUp)
const readings = []
for (const calls of job.readAt) {
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const before = asked
  await callUntil(job.warmUp + calls)
  const { user, system } = process.cpuUsage(cpuBefore)
  const ms = performance.now() - startedAt
  globalThis.gc()
  const { rss, heapUsed } = process.memoryUsage()
  readings.push({ calls: asked - before, ms, cpuMs: (user + system) / 1000, residentBytes: rss, heapBytes: heapUsed })
}
console.log(JSON.stringify(readings))
`

/** Programs that make calls, see `run-client.ts`. */
export const clientPrograms: Readonly<Record<string, string>> = {
  'client.js': client,
  'loops.js': loops,
}
