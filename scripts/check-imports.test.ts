import { expect, test } from 'vitest'
import { runOnTree } from './test-tree.ts'

const manifests = {
  'package.json': { name: 'root', devDependencies: { vitest: '*', 'fast-check': '*' } },
  'packages/core/package.json': { name: '@evals/core', dependencies: { yaml: '*', vitest: '*' } },
  'packages/storage/package.json': { name: '@evals/storage', dependencies: { '@evals/core': '*', lowdb: '*' } },
  'packages/providers/package.json': { name: '@evals/providers', dependencies: { '@evals/core': '*' } },
  'packages/dashboard/package.json': { name: '@evals/dashboard', dependencies: { '@evals/core': '*' } },
  'packages/cli/package.json': { name: '@evals/cli', dependencies: { 'vitest-plugin-evals': '*' } },
  'packages/vitest-plugin-evals/package.json': {
    name: 'vitest-plugin-evals',
    dependencies: { '@evals/core': '*', '@evals/storage': '*' },
    peerDependencies: { vitest: '*' },
  },
}
const plugin = 'packages/vitest-plugin-evals/src'

function check(files: Record<string, string>) {
  return runOnTree('check-imports.ts', { ...manifests, ...files })
}

test('allowed imports of every kind are counted', () => {
  const run = check({
    'packages/core/src/index.ts': `import { parse } from 'yaml'\nexport { x } from './x.ts'\nexport * from './y.ts'`,
    'packages/core/src/x.ts': `import { join } from 'node:path'\nexport const x: import('yaml').Document = join`,
    'packages/core/src/x.test.ts': `import fc from 'fast-check'\nimport { test } from 'vitest'\nimport '../../../fixtures/a.ts'`,
    'packages/storage/src/index.ts': `import type { A } from '@evals/core'\nconst lowdb = await import('lowdb/node')`,
    'packages/cli/src/main.ts': `const plugin = await import('vitest-plugin-evals')`,
    'packages/dashboard/src/page.ts': `import type { A } from '@evals/core'`,
    [`${plugin}/index.ts`]: `import './runtime/eval-test.ts'\nimport '@evals/storage'`,
    [`${plugin}/runtime/eval-test.ts`]: `import type { Message } from '../message.ts'\nimport { test } from 'vitest'`,
    [`${plugin}/plugin.ts`]: `import type { Message } from './message.ts'\nimport './reporter/summary.ts'`,
  })
  expect(run).toEqual({ exitCode: 0, stdout: ['checked 18 import edges in 9 files'], stderr: [] })
})

test('a package imports only what its row of the table allows', () => {
  const run = check({
    'packages/core/src/a.ts': `import { b } from '@evals/storage'`,
    'packages/core/src/b.ts': `\nimport type { evals } from 'vitest-plugin-evals/config'`,
    'packages/providers/src/a.ts': `export { b } from '@evals/storage'`,
    'packages/storage/src/a.ts': `export * from '@evals/providers'`,
    'packages/cli/src/a.ts': `import 'vitest-plugin-evals'`,
    'packages/dashboard/src/a.ts': `import { evaluate } from '@evals/core'`,
    'packages/new/package.json': '{ "name": "@evals/new", "dependencies": { "@evals/core": "*" } }',
    'packages/new/src/a.ts': `import '@evals/core'`,
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 7 import edges in 7 files'],
    stderr: [
      `packages/cli/src/a.ts:1: 'vitest-plugin-evals' may only be loaded by import()`,
      'packages/core/src/a.ts:1: core may not import storage',
      'packages/core/src/b.ts:2: core may not import vitest-plugin-evals',
      `packages/dashboard/src/a.ts:1: only types may come from '@evals/core'`,
      'packages/new/src/a.ts:1: packages/new has no row in the import table',
      'packages/providers/src/a.ts:1: providers may not import storage',
      'packages/storage/src/a.ts:1: storage may not import providers',
    ],
  })
})

test('core stays pure, outside packages are declared, packages are imported by name', () => {
  const run = check({
    'packages/core/src/a.ts': `import { connect } from 'node:net'\nimport 'vitest/config'\nconst h = await import('http')`,
    'packages/core/src/b.ts': `import lodash from 'lodash/fp'\nimport { readFileSync } from 'fs'`,
    'packages/core/src/b.test.ts': `import 'ava'\nimport '../../storage/src/index.ts'`,
    'packages/storage/src/a.ts': `import type { B } from '../../core/src/b.ts'\nimport '@evals/storage'`,
    'packages/storage/src/b.ts': `type Test = import('vitest').Test\nimport '../../../fixtures/a.ts'`,
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 11 import edges in 5 files'],
    stderr: [
      `packages/core/src/a.ts:1: core is pure: it may not import 'node:net'`,
      `packages/core/src/a.ts:2: core is pure: it may not import 'vitest/config'`,
      `packages/core/src/a.ts:3: core is pure: it may not import 'http'`,
      `packages/core/src/b.test.ts:1: 'ava' is not declared in packages/core/package.json`,
      `packages/core/src/b.test.ts:2: '../../storage/src/index.ts' leaves the package: import the other package by its name`,
      `packages/core/src/b.ts:1: 'lodash' is not declared in packages/core/package.json`,
      `packages/core/src/b.ts:2: write 'node:fs'`,
      `packages/storage/src/a.ts:1: '../../core/src/b.ts' leaves the package: import the other package by its name`,
      `packages/storage/src/a.ts:2: '@evals/storage' is this package itself: use a relative path`,
      `packages/storage/src/b.ts:1: 'vitest' is not declared in packages/storage/package.json`,
      `packages/storage/src/b.ts:2: '../../../fixtures/a.ts' leaves the package: import the other package by its name`,
    ],
  })
})

test('worker code and main-process code of the plugin never reach each other', () => {
  const run = check({
    [`${plugin}/runtime/a.ts`]: `import type { Row } from '../reporter/table.ts'`,
    [`${plugin}/runtime/b.ts`]: `import { bridge } from '../shared.ts'`,
    [`${plugin}/runtime/b.test.ts`]: `import { evals } from '../plugin.ts'`,
    [`${plugin}/shared.ts`]: `export { bridge } from './plugin-options.ts'`,
    [`${plugin}/plugin.ts`]: `import { evalTest } from './index.ts'`,
    [`${plugin}/config.ts`]: `export { evals } from './plugin.ts'`,
    [`${plugin}/channel/worker/a.ts`]: `import type { Message } from '../messages.ts'\nimport '../main/b.ts'`,
    [`${plugin}/channel/main/b.ts`]: `import type { Message } from '../messages.ts'`,
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 9 import edges in 8 files'],
    stderr: [
      `${plugin}/channel/worker/a.ts:2: worker code reaches channel/main/b.ts: the sides share record types only`,
      `${plugin}/plugin.ts:1: main code reaches index.ts: the sides share record types only`,
      `${plugin}/runtime/a.ts:1: worker code reaches reporter/table.ts: the sides share record types only`,
      `${plugin}/runtime/b.ts:1: worker code reaches plugin-options.ts through shared.ts: the sides share record types only`,
    ],
  })
})

test('what is printed is given to terminal/, which takes nothing from reporter/', () => {
  const run = check({
    [`${plugin}/terminal/a.ts`]: `import type { Board } from '../reporter/board.ts'`,
    [`${plugin}/terminal/a.test.ts`]: `import { board } from '../reporter/board.ts'`,
    [`${plugin}/reporter/board.ts`]: `import { a } from '../terminal/a.ts'`,
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 3 import edges in 3 files'],
    stderr: [`${plugin}/terminal/a.ts:1: terminal/ may not import reporter/`],
  })
})

test('finding nothing to check is a failure', () => {
  expect(check({})).toEqual({
    exitCode: 1,
    stdout: ['checked 0 import edges in 0 files'],
    stderr: ['no import found: the check looks at the wrong folder'],
  })
})
