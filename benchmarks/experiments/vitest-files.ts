const rows = `const rows = Array.from({ length: Number(process.env.SAMPLES) }, (_, n) => ({ id: String(n), question: 'question ' + n, expected: 'answer ' + n }))`

const evalFile = `import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
${rows}
evalTest.each(rows)('resumed', ({ question }) => question.replace('question', 'answer'), { scorers: [exactMatch()] })
`

const bareFile = `import { test } from 'vitest'
${rows}
test.concurrent.for(rows)('resumed', () => {})
`

const config = `import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ plugins: [evals({ concurrency: 100 })] })
`

const bareConfig = `import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: { include: ['bare.test.js'], testTimeout: 0, maxConcurrency: 100, pool: 'threads', isolate: false, maxWorkers: 4 },
})
`

/** Arguments of Vitest that go on with an experiment, and that run as many tests which do nothing. */
export const commands = {
  resumed: ['run', '--project', 'evals'],
  bare: ['run', '--config', 'bare.config.js'],
} as const

/** The files of the Vitest project that is measured; the number of its rows is `SAMPLES`. */
export const vitestFiles: Readonly<Record<string, string>> = {
  'vitest.config.js': config,
  'bare.config.js': bareConfig,
  'resumed.eval.js': evalFile,
  'bare.test.js': bareFile,
}
