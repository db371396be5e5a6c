const header = `import { setTimeout as sleep } from 'node:timers/promises'
const rows = Array.from({ length: Number(process.env.SAMPLES) }, (_, n) => ({ question: 'question ' + n, expected: 'answer ' + n }))
`

const evalFile = `import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
${header}
evalTest.each(rows)('overhead', async ({ question }) => {
  await sleep(10)
  return question.replace('question', 'answer')
}, { scorers: [exactMatch()] })
`

const bareFile = `import { test } from 'vitest'
${header}
test.concurrent.for(rows)('overhead', async () => {
  await sleep(10)
})
`

/** Tells by a line in a file which tests Vitest has reported. */
const reporter = `import { openSync, writeSync } from 'node:fs'
const file = process.env.REPORTED === undefined ? undefined : openSync(process.env.REPORTED, 'a')
export const reported = {
  onTestCaseResult(test) {
    if (file !== undefined) writeSync(file, test.meta().evals.id + '\\n')
  },
}
`

const evalsConfig = `import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
import { reported } from './reported.js'
export default defineConfig({
  plugins: [evals({ concurrency: 100 })],
  test: { reporters: process.env.REPORTED === undefined ? ['default'] : ['default', reported] },
})
`

function bareConfig(options: string): string {
  return `import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: { include: ['bare.test.js'], testTimeout: 0, maxConcurrency: 100, reporters: ['default'], ${options} },
})
`
}

/** The files of the project that is measured; the number of rows of each file is `SAMPLES`. */
export const files: Readonly<Record<string, string>> = {
  'vitest.config.js': evalsConfig,
  'reported.js': reporter,
  'one.eval.js': evalFile,
  ...Object.fromEntries([1, 2, 3, 4].map((file) => [`four/${file}.eval.js`, evalFile])),
  'bare.test.js': bareFile,
  'bare-threads.config.js': bareConfig(`pool: 'threads', isolate: false, maxWorkers: 4`),
  'bare-forks.config.js': bareConfig(`pool: 'forks'`),
}

/** Length of a sample's id that is made from its input. */
export const idLength = 16
