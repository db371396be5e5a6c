import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

const files = {
  's.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'

const rows = Array.from({ length: 30 }, (_, index) => ({ id: 's' + index, index, text: '@octocat | <b>' }))
const right = { name: 'right', kind: 'binary', score: ({ output }) => output === 'right' }
evalTest.each(rows)('quality', ({ index }) => index < Number(process.env.WRONG) ? '\`wrong\`' : 'right', { scorers: [right] })
`,
}

describe.each(vitestMajors)('the summary of a job on Vitest %i', (vitest) => {
  it('gets the report of the run added, with what is worse than the baseline and the answers that changed', async () => {
    using project = new EvalProject({ vitest, files })
    const path = join(project.folder, 'summary.md')
    const env = { GITHUB_STEP_SUMMARY: path }
    writeFileSync(path, 'before\n')
    const main = await project.run({ env: { ...env, WRONG: '1' }, options: ['--experiment', 'main'] })
    const first = readFileSync(path, 'utf8')
    expect(main.exitCode).toBe(0)
    expect(first).toMatch(
      /^before\n## Evals: `main`\n\n\*\*No threshold and no baseline was asked for\*\*\n\n30 samples · /,
    )
    expect(first).toContain('\n| `s.eval.ts > quality` | `right` | 30 | 0.967 | 0.833 to 0.994 | 0 |')

    const options = ['--experiment', 'pr', '--baseline', 'main']
    const worse = await project.run({ env: { ...env, WRONG: '20' }, options })
    expect(worse.exitCode).toBe(1)
    const second = readFileSync(path, 'utf8').slice(first.length)
    expect(second).toMatch(/^## Evals: `pr`\n\n\*\*❌ 1 of 1 gate missed, 1 score worse\*\*\n/)
    expect(second).toContain('| `right` | ❌ worse | worse by 63.3 points (')
    expect(second).toContain('<summary>19 samples worse</summary>')
    expect(second).toContain('| 1 → 0 | `{"index":1,"text":"@octocat \\| <b>"}` | `right` | `` `wrong` `` |')
  })

  it('that cannot be written is told, and the run ends as it would; an estimate has none', async () => {
    using project = new EvalProject({ vitest, files })
    const path = join(project.folder, 'folder')
    mkdirSync(path)
    const unwritable = await project.run({ env: { GITHUB_STEP_SUMMARY: path, WRONG: '1' } })
    expect(unwritable.exitCode).toBe(0)
    expect(unwritable.stdout + unwritable.stderr).toMatch(
      /The summary of the evals could not be added to GITHUB_STEP_SUMMARY: EISDIR/,
    )
    const estimate = await project.run({ env: { GITHUB_STEP_SUMMARY: path, WRONG: '1' }, options: ['--estimate', '3'] })
    expect(estimate.stdout + estimate.stderr).not.toContain('GITHUB_STEP_SUMMARY')
  })
})
