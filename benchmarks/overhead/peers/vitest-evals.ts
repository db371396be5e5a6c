import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './tool.ts'

const evalFile = `import { createHarness, createJudge, describeEval } from 'vitest-evals'
import { answer, rows } from './answers.js'

const harness = createHarness({
  name: 'answers',
  run: async ({ input }) => {
    const output = await answer(input.question)
    const events = [
      { type: 'message', role: 'user', content: input.question },
      { type: 'message', role: 'assistant', content: output },
    ]
    return { output, events, usage: {} }
  },
})
const exactMatch = createJudge('exactMatch', ({ input, output }) => ({ score: output === input.expected ? 1 : 0 }))

describeEval('overhead', { harness, judges: [exactMatch] }, (it) => {
  it.for(rows)('$question', async (row, { run }) => {
    await run(row)
  })
})
`

const config = `import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['overhead.eval.ts'],
    sequence: { concurrent: true },
    maxConcurrency: Number(process.env.CONCURRENCY),
  },
})
`

const report = 'vitest-results.json'
const reporters = ['--reporter=vitest-evals/reporter', '--reporter=json', `--outputFile.json=${report}`]

/** With its reporter and the JSON report that it takes for its artefact; concurrent, which it is not by default. */
export const vitestEvals: Peer = {
  name: 'vitest-evals',
  dependencies: { vite: '8', vitest: '4', 'vitest-evals': '0.16' },
  files: { 'overhead.eval.ts': evalFile, 'vitest.evals.config.ts': config },
  tools: [
    {
      name: 'vitest-evals',
      args: ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.evals.config.ts', ...reporters],
      leaves: report,
      records: (folder) => judgedIn(join(folder, report)),
    },
  ],
}

function judgedIn(path: string): number {
  if (!existsSync(path)) return 0
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly testResults: readonly { readonly assertionResults: readonly { readonly meta: { eval?: object } }[] }[]
  }
  return testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ meta }) => meta.eval !== undefined)
    .length
}
