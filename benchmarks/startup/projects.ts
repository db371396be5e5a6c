const evalFile = `import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'

evalTest.each([{ question: 'question', expected: 'answer' }])('answers', () => 'answer', { scorers: [exactMatch()] })
`

const testFile = `import { expect, test } from 'vitest'

test('answers', () => {
  expect('answer').toBe('answer')
})
`

const evalsConfig = `import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'

export default defineConfig({ plugins: [evals()] })
`

const plainConfig = `import { defineConfig } from 'vitest/config'

export default defineConfig({})
`

/** A project with one plain test, and nothing but Vitest. */
export const plainFiles: Readonly<Record<string, string>> = {
  'vitest.config.js': plainConfig,
  'answers.test.js': testFile,
}

/** The same test in a project that also has one eval of one sample. */
export const evalsFiles: Readonly<Record<string, string>> = {
  'vitest.config.js': evalsConfig,
  'answers.test.js': testFile,
  'answers.eval.js': evalFile,
}
