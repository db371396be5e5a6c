import { rowsIn } from './rows-in.ts'
import type { Peer } from './tool.ts'

const config = `import { rows } from './answers.js'

export default {
  prompts: ['{{question}}'],
  providers: ['file://provider.mjs'],
  tests: rows.map(({ question, expected }) => ({
    vars: { question },
    assert: [{ type: 'equals', value: expected }],
  })),
  evaluateOptions: { maxConcurrency: Number(process.env.CONCURRENCY) },
}
`

const provider = `import { answer } from './answers.js'

export default class {
  id() {
    return 'answers'
  }

  async callApi(prompt) {
    return { output: await answer(prompt) }
  }
}
`

/** With its own data folder in the project's, and nothing sent anywhere. */
export const promptfoo: Peer = {
  name: 'promptfoo',
  dependencies: { promptfoo: '0.123' },
  files: { 'promptfooconfig.mjs': config, 'provider.mjs': provider },
  tools: [
    {
      name: 'promptfoo',
      args: ['node_modules/promptfoo/dist/src/entrypoint.js', 'eval', '--config', 'promptfooconfig.mjs'],
      environment: {
        PROMPTFOO_CONFIG_DIR: '.promptfoo',
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
      },
      leaves: '.promptfoo/**',
      records: (folder) => rowsIn(folder, '.promptfoo/promptfoo.db', 'SELECT count(*) AS n FROM eval_results'),
    },
  ],
}
