/** What every tool is to run: the rows, and a task that waits for its answer as one waits for a model. */
export const answersModule = `import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const waitMs = Number(process.env.WAIT_MS)
const answered = process.env.ANSWERED === undefined ? undefined : openSync(process.env.ANSWERED, 'a')

export const rows = Array.from({ length: Number(process.env.SAMPLES) }, (_, n) => ({ question: 'question ' + n, expected: 'answer ' + n }))

export async function answer(question) {
  if (waitMs > 0) await sleep(waitMs)
  if (answered !== undefined) writeSync(answered, '.')
  return question.replace('question', 'answer')
}
`

function evalFile(answers: string): string {
  return `import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { answer, rows } from '${answers}'

evalTest.each(rows)('overhead', ({ question }) => answer(question), { scorers: [exactMatch()] })
`
}

const bareFile = `import { test } from 'vitest'
import { answer, rows } from './answers.js'

test.concurrent.for(rows)('overhead', async ({ question }) => {
  await answer(question)
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
  plugins: [evals({ concurrency: Number(process.env.CONCURRENCY) })],
  test: { reporters: process.env.REPORTED === undefined ? ['default'] : ['default', reported] },
})
`

function bareConfig(options: string): string {
  return `import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: {
    include: ['bare.test.js'],
    testTimeout: 0,
    maxConcurrency: Number(process.env.CONCURRENCY),
    reporters: ['default'],
    ${options},
  },
})
`
}

/** The files of the project that is measured; the environment they read is made in `load.ts`. */
export const files: Readonly<Record<string, string>> = {
  'vitest.config.js': evalsConfig,
  'reported.js': reporter,
  'answers.js': answersModule,
  'one.eval.js': evalFile('./answers.js'),
  ...Object.fromEntries([1, 2, 3, 4].map((file) => [`four/${file}.eval.js`, evalFile('../answers.js')])),
  'bare.test.js': bareFile,
  'bare-threads.config.js': bareConfig(`pool: 'threads', isolate: false, maxWorkers: 4`),
  'bare-forks.config.js': bareConfig(`pool: 'forks'`),
}

/** Length of a sample's id that is made from its input. */
export const idLength = 16
