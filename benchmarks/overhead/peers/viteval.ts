import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './tool.ts'

const evalFile = `import { createScorer, evaluate } from 'viteval'
import { answer, rows } from './answers.js'

const exactMatch = createScorer({
  name: 'exactMatch',
  score: ({ output, expected }) => ({ score: output === expected ? 1 : 0 }),
})

evaluate('overhead', {
  data: rows.map(({ question, expected }) => ({ input: question, expected })),
  task: ({ input }) => answer(input),
  scorers: [exactMatch],
})
`

const config = `import { defineConfig } from 'viteval/config'

export default defineConfig({ reporters: ['default', 'file'], eval: { include: ['overhead.eval.ts'] } })
`

/** With its reporter for files, without which it keeps nothing. */
export const viteval: Peer = {
  name: 'viteval',
  dependencies: { vite: '8', viteval: '0.5', vitest: '4' },
  files: { 'overhead.eval.ts': evalFile, 'viteval.config.ts': config },
  tools: [
    {
      name: 'viteval, one at a time',
      args: ['node_modules/viteval/cli.mjs', 'run'],
      leaves: '.viteval/**',
      records: evaluatedIn,
      isSequential: true,
    },
  ],
}

function evaluatedIn(folder: string): number {
  const reports = globSync(join(folder, '.viteval/results/*.json')).map(
    (path) => JSON.parse(readFileSync(path, 'utf8')) as { evalResults: readonly { evalResults: readonly object[] }[] },
  )
  return reports.flatMap(({ evalResults }) => evalResults).flatMap((suite) => suite.evalResults).length
}
