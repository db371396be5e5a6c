const config = `import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'

export default defineConfig({ plugins: [evals()] })
`

/** An eval over every so many-th prompt of `prompts.json`. */
function evalFile(part: number, parts: number): string {
  return `import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evalTest } from 'vitest-plugin-evals'
import { defineModelAt } from '../clients/evals.js'

const prompts = JSON.parse(readFileSync(join(import.meta.dirname, '../prompts.json'), 'utf8'))
const rows = prompts.filter((_, index) => index % ${parts} === ${part}).map((question) => ({ question }))
const model = defineModelAt({ url: process.env.MODEL_URL })

evalTest.each(rows)('answers', async ({ question }) => (await model.generate(question)).text, {
  scorers: [function answered({ output }) { return output !== '' }],
})
`
}

const evaliteFile = `import { readFileSync } from 'node:fs'
import { evalite } from 'evalite'
import { retried } from '../retried.js'

evalite('answers', {
  data: () => JSON.parse(readFileSync('../prompts.json', 'utf8')).map((input) => ({ input })),
  task: async (question) => (await retried(process.env.MODEL_URL, question)).choices[0].message.content,
  scorers: [{ name: 'answered', scorer: ({ output }) => (output === '' ? 0 : 1) }],
})
`

const evaliteConfig = `import { defineConfig } from 'evalite/config'
import { createInMemoryStorage } from 'evalite/in-memory-storage'

export default defineConfig({ storage: () => createInMemoryStorage(), hideTable: true })
`

const vitestEvalsFile = `import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { createHarness, describeEval } from 'vitest-evals'
import { retried } from '../retried.js'

const harness = createHarness({
  name: 'answers',
  run: async ({ input }) => {
    const output = (await retried(process.env.MODEL_URL, input)).choices[0].message.content
    return { output, events: [{ type: 'message', role: 'user', content: input }], usage: {} }
  },
})

describeEval('answers', { harness }, (it) => {
  it.for(JSON.parse(readFileSync('../prompts.json', 'utf8')))('%s', async (question, { run }) => {
    expect((await run(question)).output).not.toBe('')
  })
})
`

/** Eval files of ours and of others; the calls' texts are in `prompts.json`, the server's address in `MODEL_URL`. */
export const vitestFiles: Readonly<Record<string, string>> = {
  'vitest.config.js': config,
  'one/1.eval.js': evalFile(0, 1),
  ...Object.fromEntries([0, 1, 2, 3].map((part) => [`four/${part + 1}.eval.js`, evalFile(part, 4)])),
  'evalite/package.json': '{ "private": true, "type": "module" }',
  'evalite/answers.eval.ts': evaliteFile,
  'evalite/evalite.config.ts': evaliteConfig,
  'vitest-evals/package.json': '{ "private": true, "type": "module" }',
  'vitest-evals/answers.test.js': vitestEvalsFile,
}
