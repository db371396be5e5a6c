import { rowsIn } from './rows-in.ts'
import type { Peer, Tool } from './tool.ts'

const evalFile = `import { createScorer, evalite } from 'evalite'
import { answer, rows } from './answers.js'

const exactMatch = createScorer({
  name: 'exactMatch',
  scorer: ({ output, expected }) => (output === expected ? 1 : 0),
})

evalite('overhead', {
  data: () => rows.map(({ question, expected }) => ({ input: question, expected })),
  task: (question) => answer(question),
  scorers: [exactMatch],
})
`

const config = `import { defineConfig } from 'evalite/config'
import { createInMemoryStorage } from 'evalite/in-memory-storage'

export default defineConfig({
  maxConcurrency: Number(process.env.CONCURRENCY),
  ...(process.env.STORAGE === 'memory' ? { storage: () => createInMemoryStorage() } : {}),
})
`

const common = { args: ['node_modules/evalite/dist/bin.js', 'run'], leaves: 'node_modules/.evalite/**' }

const tools: readonly Tool[] = [
  {
    ...common,
    name: 'evalite, SQLite as by default',
    records: (folder) =>
      rowsIn(
        folder,
        'node_modules/.evalite/cache.sqlite',
        `SELECT count(*) AS n FROM results WHERE status = 'success'`,
      ),
  },
  { ...common, name: 'evalite, in memory', environment: { STORAGE: 'memory' }, records: () => 0 },
]

/** Its default storage and the other that it has; both print the table of the one file that ran. */
export const evalite: Peer = {
  name: 'evalite',
  dependencies: { evalite: '0.19', vite: '8', vitest: '4' },
  // Without a configuration of Vite in its folder it takes that of a folder above.
  files: { 'overhead.eval.ts': evalFile, 'evalite.config.ts': config, 'vite.config.js': 'export default {}\n' },
  tools,
}
