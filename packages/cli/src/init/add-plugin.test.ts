import { expect, test } from 'vitest'
import { addPlugin } from './add-plugin.ts'

test('a plain config gets the plugin, and keeps its comments', () => {
  const source = `import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'

// why
export default defineConfig({
  plugins: [react()],
  test: { environment: 'jsdom' },
})
`
  expect(addPlugin(source)).toBe(`import { evals } from 'vitest-plugin-evals/config';
${source.replace('[react()]', '[react(), evals()]')}`)
})

test('a config with projects gets one more', () => {
  const source = `import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit' } },
      { test: { name: 'browser', environment: 'jsdom', include: ['src/**/*.browser.test.ts'] } },
    ],
  },
})
`
  expect(addPlugin(source)).toBe(`import { evalsProject } from 'vitest-plugin-evals/config';
${source.replace('    ],', '      evalsProject(),\n    ],')}`)
})

test.for([
  `const config = { test: {} }\nexport default config`,
  `export default { test: {} } satisfies import('vitest/config').UserConfig`,
  `import { defineConfig } from 'vitest/config'\nexport default defineConfig({ plugins: [...base] })`,
])('%j can be changed', (source) => {
  expect(addPlugin(source)).toMatch(/^import \{ evals \} from ['"]vitest-plugin-evals\/config['"];\n[^]*evals\(\)\]/)
})

test.for([
  `export default defineConfig(({ mode }) => ({ test: {} }))`,
  `export default mergeConfig(base, defineConfig({ test: {} }))`,
  `export default { plugins: fast ? [] : all }`,
  `export default { test: { projects: all } }`,
  `module.exports = { test: {} }`,
  `const evals = ['a']\nexport default { define: { evals } }`,
  `import evals from './evals.ts'\nexport default { define: { evals } }`,
  `import { evals } from './evals.ts'\nexport default { define: { evals } }`,
  `import { rows as evals } from './evals.ts'\nexport default { define: { evals } }`,
  `export default {`,
  ``,
])('%j is left to a person', (source) => {
  expect(addPlugin(source)).toBeUndefined()
})
