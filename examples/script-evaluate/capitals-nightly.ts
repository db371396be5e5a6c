import { startModelServer } from '@evals/model-server'
import { join } from 'node:path'
import { evaluateCapitals } from './evaluate-capitals.ts'

const controller = new AbortController()
process.once('SIGINT', () => controller.abort())

// Stands in for the API: nothing has to be paid.
await using server = await startModelServer({ latencyMs: 300 })
const { status, summary } = await evaluateCapitals({
  folder: join(import.meta.dirname, '.evals'),
  baseURL: `${server.url}/v1`,
  signal: controller.signal,
  onEvent(event) {
    if (event.type === 'run.started') console.log(event.evals.map(({ counts }) => counts))
    if (event.type === 'sample.completed') console.log(event.result.id, event.result.scores)
  },
})
console.log(status, summary.samples, summary.thresholds[0]?.message)
if (status === 'interrupted') console.log('Run it again: it goes on from here.')
process.exitCode = summary.verdict === true ? 0 : 1
