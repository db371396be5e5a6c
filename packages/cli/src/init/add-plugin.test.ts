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
  const imported = source.replace('\n\n// why', `\nimport { evals } from 'vitest-plugin-evals/config'\n\n// why`)
  expect(addPlugin(source)).toBe(imported.replace('[react()]', '[react(), evals()]'))
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
  const imported = source.replace('\n\n', `\nimport { evalsProject } from 'vitest-plugin-evals/config'\n\n`)
  expect(addPlugin(source)).toBe(imported.replace('    ],', '      evalsProject(),\n    ],'))
})

test.for(['\n', '\r\n'])(
  'what the config begins with stays first; tabs, quotes, semicolons and the ends of lines %j stay',
  (end) => {
    const source = [
      '/// <reference types="vitest" />',
      'import {',
      '\tdefineConfig,',
      '} from "vite";',
      '',
      'export default defineConfig({',
      '\tplugins: [react()],',
      '\ttest: {',
      '\t\tenvironment: "jsdom",',
      '\t},',
      '});',
      '',
    ]
    const changed = source.toSpliced(4, 0, 'import { evals } from "vitest-plugin-evals/config";').join(end)
    expect(addPlugin(source.join(end))).toBe(changed.replace('[react()]', '[react(), evals()]'))
  },
)

test.for([
  `const config = { test: {} }\nexport default config`,
  `export default { test: {} } satisfies import('vitest/config').UserConfig`,
  `import { defineConfig } from 'vitest/config'\nexport default defineConfig({ plugins: [...base] })`,
  `export default { ...base, plugins: [react()] }`,
])('%j can be changed', (source) => {
  expect(addPlugin(source)).toMatch(/^import \{ evals \} from 'vitest-plugin-evals\/config'\n[^]*evals\(\)\]/m)
})

test.for([
  `export default defineConfig(({ mode }) => ({ test: {} }))`,
  `export default mergeConfig(base, defineConfig({ test: {} }))`,
  `export default { plugins: fast ? [] : all }`,
  `export default { ...base, test: {} }`,
  `const config = { plugins: [], ...base }\nexport default config`,
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
