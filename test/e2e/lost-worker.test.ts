import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals } from './harness/run-evals.ts'

/** Holds the only slot when its worker ends. */
const dying = `
import { evalTest } from 'vitest-plugin-evals'
import { limited } from '@evals/providers'
evalTest.each([{ id: 'a' }])('dies', () => limited(async () => {
  await new Promise((resolve) => setTimeout(resolve, 1500))
  process.reallyExit(7)
}, { key: 'app:bot' }))
`
const waiting = `
import { evalTest } from 'vitest-plugin-evals'
import { limited } from '@evals/providers'
evalTest.each([{ id: 'b' }])('waits', async () => {
  await new Promise((resolve) => setTimeout(resolve, 750))
  return limited(() => 'answered', { key: 'app:bot' })
})
`

describe.each(vitestMajors)('a worker that ends in the middle on Vitest %i', (vitest) => {
  it('leaves its slots to the others', async () => {
    const files = { 'a.eval.ts': dying, 'b.eval.ts': waiting }
    const run = await runEvals({ vitest, files, options: ['--max-connections', '1', '--max-wait', '20000'] })
    expect(run.exitCode).toBe(1)
    expect(run.experiment.records).toMatchObject([{ id: 'b', outcome: 'scored', output: 'answered' }])
    expect(run.experiment.document).toMatchObject({ status: 'partial' })
  })
})
