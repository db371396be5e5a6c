// Checks the error codes against docs/errors.md, and that packages throw no plain `Error`:
// `node scripts/check-errors.ts [root]`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Visitor } from 'oxc-parser'
import { readSourceFiles } from './source-files.ts'
import type { SourceFile } from './source-files.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const files = readSourceFiles(root).filter((file) => !file.isTest)
const codes = errorCodes(files.find((file) => file.path === 'packages/core/src/errors.ts'))
const headings = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^#+ `?(EVALS_\w+)`?$/gm)].map(
  ([, code]) => code ?? '',
)

const problems = [
  ...codes.filter((code) => !headings.includes(code)).map((code) => `docs/errors.md: no heading ${code}`),
  ...headings.filter((code) => !codes.includes(code)).map((code) => `docs/errors.md: ${code} is not an EvalsErrorCode`),
  ...headings
    .filter((code, index) => headings.indexOf(code) !== index)
    .map((code) => `docs/errors.md: ${code} stands there twice`),
  ...files.flatMap(plainThrows),
]
if (codes.length === 0) problems.push('packages/core/src/errors.ts: no EvalsErrorCode found')

for (const problem of problems) console.error(problem)
console.log(`checked ${codes.length} error codes, ${headings.length} headings and ${files.length} files`)
process.exitCode = problems.length > 0 ? 1 : 0

/** The members of the union `EvalsErrorCode`. */
function errorCodes(file: SourceFile | undefined): string[] {
  const found: string[] = []
  const visitor = new Visitor({
    TSTypeAliasDeclaration: ({ id, typeAnnotation }) => {
      if (id.name !== 'EvalsErrorCode') return
      for (const member of typeAnnotation.type === 'TSUnionType' ? typeAnnotation.types : [typeAnnotation]) {
        if (member.type === 'TSLiteralType' && 'value' in member.literal) found.push(String(member.literal.value))
      }
    },
  })
  if (file !== undefined) visitor.visit(file.program)
  return found
}

/** Where a file throws a plain `Error`, which carries no code. */
function plainThrows(file: SourceFile): string[] {
  const found: string[] = []
  new Visitor({
    ThrowStatement: ({ argument, start }) => {
      if (argument.type !== 'NewExpression' && argument.type !== 'CallExpression') return
      const { callee } = argument
      if (callee.type !== 'Identifier' || callee.name !== 'Error') return
      found.push(`${file.path}:${file.lineOf(start)}: throws a plain Error: use EvalsError with a code`)
    },
  }).visit(file.program)
  return found
}
