// Type-checks the TypeScript of the documentation against the sources, and looks for links that lead nowhere:
// `node scripts/check-docs.ts [root]`.
import { globSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readCodeBlocks } from './docs-check/code-blocks.ts'
import { compile } from './docs-check/compile.ts'
import { deadLinks } from './docs-check/dead-links.ts'
import { linkPackages } from './docs-check/link-packages.ts'
import { pageModules } from './docs-check/page-modules.ts'

const repository = join(import.meta.dirname, '..')
const root = process.argv[2] ?? repository

using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-docs-'))
/** Path of a module → the page, and what has to be added to the module's lines to get the page's. */
const origins = new Map<string, { readonly page: string; readonly offset: number }>()
const problems: string[] = []
let ignored = 0
for (const page of globSync(['README.md', 'docs/**/*.md'], { cwd: root }).sort()) {
  problems.push(...deadLinks(root, page))
  const blocks = readCodeBlocks(readFileSync(join(root, page), 'utf8'))
  for (const { line, ignored: reason } of blocks) {
    if (reason !== undefined) ignored += 1
    if (reason === '') problems.push(`${page}:${line}: say why it is not type-checked: \`ts ignore: REASON\``)
  }
  for (const { name, text, line } of pageModules(blocks.filter((block) => block.ignored === undefined))) {
    const path = `${page.replace(/\.md$/, '').replaceAll('\\', '/')}/${name}`
    origins.set(path, { page, offset: line - 2 })
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), text)
  }
}

if (origins.size === 0) problems.push('no TypeScript was found')
else {
  linkPackages(repository, folder.path)
  for (const { path, line, text } of compile(repository, folder.path)) {
    const origin = origins.get(path)
    // Errors of the sources are told by `pnpm types`.
    if (origin !== undefined) problems.push(`${origin.page}:${origin.offset + line}: ${text}`)
  }
}

for (const problem of problems) console.error(problem)
console.log(`checked ${origins.size} blocks of code, ${ignored} not`)
process.exitCode = problems.length > 0 ? 1 : 0
