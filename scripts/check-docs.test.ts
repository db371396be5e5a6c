import { expect, test } from 'vitest'
import { readCodeBlocks } from './docs-check/code-blocks.ts'
import { pageModules } from './docs-check/page-modules.ts'
import { runOnTree } from './test-tree.ts'

const fence = '```'

/** A page of blocks of code. */
function page(...blocks: readonly string[]): string {
  return `# Page\n\n${blocks.map((code) => `${fence}ts\n${code}\n${fence}\n`).join('\n')}`
}

test(
  'code that compiles passes; a block sees those before it and the files that they name',
  { timeout: 60_000 },
  () => {
    const run = runOnTree('check-docs.ts', {
      'README.md': page(`import { exactMatch } from 'vitest-plugin-evals/scorers'\nconst scorers = [exactMatch()]`),
      'docs/a.md': `<!-- ts\n// model.ts\nexport declare function ask(question: string): Promise<string>\n-->\n${page(
        `import { evalTest } from 'vitest-plugin-evals'\nimport { ask } from './model.ts'\nconst rows = ['a', 'b']`,
        `evalTest.each(rows)('letters', (row) => ask(row))`,
      )}\n${fence}ts ignore: a fragment\nconst\n${fence}\n${fence}sh\nconst\n${fence}\n`,
    })
    expect(run).toEqual({ exitCode: 0, stdout: ['checked 4 blocks of code, 1 not'], stderr: [] })
  },
)

test(
  'what does not compile is told with file and line, and so is a block that is ignored without a reason',
  {
    timeout: 60_000,
  },
  () => {
    const run = runOnTree('check-docs.ts', {
      'docs/a.md': page(`const count: number = 1`, `\nconst text: string = count`),
      'docs/b.md': `${page(
        `import { evalTest } from 'vitest-plugin-evals'\nevalTest.each([{ a: 1 }])('a', ({ b }) => b, { scorrers: [] })`,
      )}\n${fence}ts ignore\nconst\n${fence}\n`,
    })
    expect(run.exitCode).toBe(1)
    expect(run.stderr.filter((line) => line.startsWith('docs/'))).toEqual([
      'docs/b.md:9: say why it is not type-checked: `ts ignore: REASON`',
      `docs/a.md:9: error TS2322: Type 'number' is not assignable to type 'string'.`,
      expect.stringMatching(/^docs\/b\.md:5: error /),
      expect.stringMatching(/^docs\/b\.md:5: error /),
    ])
  },
)

test('links to files and headings that are not there are told', { timeout: 60_000 }, () => {
  const run = runOnTree('check-docs.ts', {
    'docs/a.md': `${page('const a = 1')}
## How \`it\` works

[here](#how-it-works) [there](b.md#b) [folder](../docs) [web](https://example.com)
[nowhere](c.md) [no heading](b.md#c)
`,
    'docs/b.md': '# B\n',
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 1 blocks of code, 0 not'],
    stderr: ['docs/a.md:10: there is no docs/c.md', 'docs/a.md:10: docs/b.md has no heading c'],
  })
})

test('finding no code is a failure', () => {
  const run = runOnTree('check-docs.ts', { 'docs/a.md': '# Page\n' })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 0 blocks of code, 0 not'],
    stderr: ['no TypeScript was found'],
  })
})

test('a block in a list has its indentation removed, and knows its line', () => {
  expect(readCodeBlocks(`- item\n\n  ${fence}ts\n  const a = 1\n    a\n  ${fence}\n`)).toEqual([
    { code: 'const a = 1\n  a\n', line: 4 },
  ])
})

test('a name comes from the last block that declares it, and not where a block has its own', () => {
  const [, , third, fourth] = pageModules([
    { code: 'const a = 1, { b, c: [d] } = x', line: 1 },
    { code: 'export const a = 2', line: 2 },
    { code: 'f(a, b, d, x.c)', line: 3 },
    { code: '// named.ts\nconst a = 3', line: 4 },
  ])
  expect(third).toEqual({
    name: 'block-3.ts',
    text: `import { a } from './block-2.ts'; import { b } from './block-1.ts'; import { d } from './block-1.ts'; \nf(a, b, d, x.c)\nexport {  }\n`,
    line: 3,
  })
  expect(fourth).toEqual({ name: 'named.ts', text: '\n// named.ts\nconst a = 3\nexport { a }\n', line: 4 })
})
