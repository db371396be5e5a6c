import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun, type RunOptions } from './harness/run-evals.ts'

const files = {
  'r.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'

const rows = ['good', 'bad'].map((id) => ({ id }))
const right = { name: 'right', kind: 'binary', score: ({ output }) => output === 'good' }
evalTest.each(rows)('words', ({ id }) => id, { scorers: [right], thresholds: { right: { mean: { atLeast: 0.5 }, ciLower: 0.9 } } })
`,
}

const names = ['good', 'bad', 'right mean ≥ 0.5', 'right ciLower ≥ 0.9'].map((name) => `words › ${name}`)
const row = /words +right +2 +0\.500 +0\.095 to 0\.905/
const missed = '✗ r.eval.ts > words: right ciLower ≥ 0.9: missed, found 0.09453'

function expectReport(text: string): void {
  expect(text).toMatch(/ Evals {2}\S+ · 2 samples/)
  expect(text).toMatch(row)
  expect(text).toContain(missed)
  expect(text).toContain(' Records: .evals/experiments/')
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  async function runWith(reporters: readonly string[], options: RunOptions = {}): Promise<EvalRun> {
    const run = await runEvals({ vitest, files, reporters, ...options })
    expect(run.exitCode).toBe(1)
    return run
  }

  it('`default` names only what failed, and our table follows it', async () => {
    const { stdout } = await runWith([])
    expectReport(stdout)
    expect(stdout).toContain('× words › right ciLower ≥ 0.9')
    expect(stdout).not.toContain('✓ words › good')
    expect(stdout).toMatch(/Test Files .*Evals /s)
    expect(stdout).not.toContain('\u001B')
  })

  it('`verbose` names every sample, and our table follows it, in colour where that is asked for', async () => {
    const { stdout } = await runWith(['--reporter=verbose'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })
    expect(stdout).toContain('\u001B[31m ✗ r.eval.ts > words: right ciLower')
    // oxlint-disable-next-line no-control-regex -- the colours
    const plain = stdout.replaceAll(/\u001B\[\d+m/g, '')
    expectReport(plain)
    expect(plain).toContain('✓ |evals| r.eval.ts > words > words › good')
    expect(plain).toContain('× |evals| r.eval.ts > words > words › right ciLower ≥ 0.9')
  })

  it('`dot` prints a dot a test, and our table follows it', async () => {
    const { stdout } = await runWith(['--reporter=dot'])
    expectReport(stdout)
    expect(stdout).toContain('\n···x\n')
    expect(stdout).not.toContain('words › good')
  })

  it('`json` has every sample and our facts about it, and standard output nothing of ours', async () => {
    using project = new EvalProject({ vitest, files })
    const run = await project.run({ reporters: ['--reporter=json'] })
    expectReport(run.stderr)
    // Vitest 5 writes a file unless it is told otherwise.
    const written = join(project.folder, '.vitest/json/output.json')
    const text = vitest === 4 ? run.stdout : readFileSync(written, 'utf8')
    const { testResults } = JSON.parse(text) as { testResults: { assertionResults: Record<string, unknown>[] }[] }
    expect(testResults[0]?.assertionResults.map(({ title, status }) => [title, status])).toEqual(
      names.map((name, index) => [name, index === 3 ? 'failed' : 'passed']),
    )
    expect(testResults[0]?.assertionResults[1]).toMatchObject({
      meta: { evals: { id: 'bad', epoch: 0, outcome: 'scored', passed: true, scores: { right: 0 } } },
    })
    if (vitest === 5) expect(run.stdout).toBe(`JSON report written to ${written}\n`)
    expect(run.exitCode).toBe(1)
  })

  it('`tap` has standard output for itself', async () => {
    const { stdout, stderr } = await runWith(['--reporter=tap'])
    expectReport(stderr)
    const lines = stdout.trimEnd().split('\n')
    expect([lines[0], lines.at(-1)]).toEqual(['TAP version 13', '}'])
    expect(lines.filter((line) => / (not )?ok \d+ - words › /.test(line))).toHaveLength(4)
    expect(stdout).not.toContain('Records:')
  })

  it('`junit` into a file names every sample and threshold, with what was missed', async () => {
    using project = new EvalProject({ vitest, files })
    const run = await project.run({ reporters: ['--reporter=junit', '--outputFile=report.xml'] })
    expect(run.exitCode).toBe(1)
    expectReport(run.stderr)
    const xml = readFileSync(join(project.folder, 'report.xml'), 'utf8')
    const cases = [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(([, ...parts]) => parts)
    expect(cases).toEqual(names.map((name) => ['r.eval.ts', `words &gt; ${name}`]))
    expect(xml.match(/<failure message="[^"]*"/g)).toEqual([
      expect.stringContaining('right ciLower ≥ 0.9: missed, found 0.09453'),
    ])
  })
})
