import { scenarios, type Scenario } from '../../fixtures/model-server/src/index.ts'
import { runEvals } from './run-in-vitest.ts'
import { summarizeCase, type ScenarioCase } from './scenario-case.ts'
import { runScenario, type ScenarioRun, type Subject } from './scenario-run.ts'

const evals: Subject = { client: 'evals' }
const fixed = (concurrency: number): Subject => ({ client: 'p-limit', concurrency, giveUpAfterMs: 30_000 })

/** At a tenth of real time ten thousand answers a second would come; at real time the processors do not decide. */
const slow: Scenario = {
  ...byName('unlimited'),
  name: 'unlimited-slow',
  description: 'no limit, 1 s, as in real time',
  server: { ...byName('unlimited').server, latencyMs: 1000, latencySigma: 0 },
  boundMs: (calls) => calls,
}

/** A thousand connections at once keep two processors so busy that calls time out in the client. */
const faulty: Scenario = { ...byName('faulty'), client: { ...byName('faulty').client, maxConnections: 100 } }

/** Limited by a rate, so that they use hardly any CPU: they run side by side. */
const paced = ['requests-per-minute', 'requests-per-minute-bare', 'tokens-per-minute'].map(byName)

/** `Retry-After` asks for whole seconds, so that at a tenth of real time a pause weighs ten times as much. */
const bareSlow: Scenario = {
  ...byName('requests-per-minute-bare'),
  name: 'requests-per-minute-bare-slow',
  description: '600 requests/min, 429 with Retry-After only, as in real time',
  server: { ...byName('requests-per-minute-bare').server, timeScale: 1, latencyMs: 1000 },
  calls: 1000,
  // 60 at once, then one each 100 ms.
  boundMs: (calls) => (calls - 60) * 100,
}

/** At a tenth of real time four workers that start cold need both processors. */
const fourFilesSlow: Scenario = {
  ...byName('four-files'),
  name: 'four-files-slow',
  description: 'four eval files, four workers, 429 above 40 in flight, as in real time',
  server: { ...byName('four-files').server, latencyMs: 10 * byName('four-files').server.latencyMs! },
  calls: 800,
  boundMs: (calls) => (calls * 1000) / 40,
}

/** The scenarios in their order, and how often each is run. */
const rounds: readonly (readonly [Scenario, number])[] = [
  [byName('unlimited'), 3],
  [slow, 1],
  [byName('cap-40'), 3],
  [byName('cap-6'), 2],
  [byName('saturates-at-16'), 2],
  [faulty, 1],
  [byName('down'), 1],
]

/** All scenarios with our engine. */
export async function measureEngine(project: string): Promise<ScenarioCase[]> {
  const cases = new Map<string, ScenarioCase>()
  for (const [scenario, count] of rounds) {
    const runs: ScenarioRun[] = []
    const fixed100: ScenarioRun[] = []
    for (let round = 1; round <= count; round += 1) {
      runs.push(await run(project, scenario, evals))
      if (scenario.name.startsWith('unlimited')) fixed100.push(await run(project, scenario, fixed(100)))
    }
    cases.set(scenario.name, summarizeCase(scenario, runs, { client: 'evals', hasGoals: true, fixed100 }))
  }
  const facts = { client: 'evals', hasGoals: true }
  for (const ran of await Promise.all(
    [...paced, bareSlow].map(async (scenario) => [scenario, await run(project, scenario, evals)] as const),
  )) {
    cases.set(ran[0].name, summarizeCase(ran[0], [ran[1]], facts))
  }
  for (const [scenario, count] of [
    [byName('four-files'), 3],
    [fourFilesSlow, 1],
  ] as const) {
    const runs: ScenarioRun[] = []
    for (let round = 1; round <= count; round += 1) runs.push(await runEvals(project, 'four', scenario))
    cases.set(scenario.name, summarizeCase(scenario, runs, facts))
  }
  const slowOnes = new Map(
    [slow, bareSlow, fourFilesSlow].map((scenario) => [scenario.name.replace(/-slow$/, ''), scenario.name]),
  )
  const order = scenarios.flatMap(({ name }) => [name, ...(slowOnes.has(name) ? [slowOnes.get(name)!] : [])])
  return order.map((name) => cases.get(name)!)
}

/** Some of the scenarios with our heavier clients and with what people write; one run each. */
export async function measureOthers(project: string): Promise<ScenarioCase[]> {
  const ask = async (scenario: Scenario, subject: Subject, client: string): Promise<ScenarioCase> =>
    summarizeCase(scenario, [await run(project, scenario, subject)], { client })
  const askFixed = (scenario: Scenario, concurrency: number): Promise<ScenarioCase> =>
    ask(scenario, fixed(concurrency), `p-limit(${concurrency}) and p-retry`)
  const one = [
    await ask(byName('unlimited'), { client: 'bare' }, 'all calls at once'),
    await ask(byName('cap-40'), { client: 'evals-fetch' }, 'evals-fetch'),
    await ask(byName('cap-40'), { client: 'openai-compatible' }, 'openai-compatible'),
    await askFixed(byName('cap-40'), 100),
    await askFixed(byName('cap-40'), 20),
    await askFixed(byName('saturates-at-16'), 100),
  ]
  const scarce = [byName('cap-6'), ...paced]
  const sideBySide = scarce.flatMap((scenario) => [100, 20].map((concurrency) => askFixed(scenario, concurrency)))
  return [...one, ...(await Promise.all(sideBySide))]
}

function byName(name: string): Scenario {
  return scenarios.find((scenario) => scenario.name === name)!
}

async function run(project: string, scenario: Scenario, subject: Subject): Promise<ScenarioRun> {
  const ran = await runScenario(project, scenario, subject)
  const { client, concurrency = '' } = subject
  console.log(
    `${scenario.name}, ${client} ${concurrency}: ${ran.ms} ms, ${ran.refusals} refusals, ${ran.failed} failed`,
  )
  return ran
}
