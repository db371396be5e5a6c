/** Where what examples use is imported from, besides the scorers. */
const imported: Readonly<Record<string, string>> = { model: '@evals/providers', openai: '@evals/providers/openai' }

/**
 * The example of a scorer's docstring as a whole file. The example has what stands before the eval, and its options
 * `scorers` and `thresholds`.
 */
export function scorerExample(text: string, scorers: readonly string[]): string {
  const lines = text.replaceAll(/, (thresholds: )/g, ',\n$1').split('\n')
  const isOption = (line: string): boolean => /^(scorers|thresholds): /.test(line)
  const before = lines.filter((line) => !isOption(line))
  const options = lines.filter(isOption).map((line) => {
    const [, option = '', comment = ''] = /^(.*?),?( \/\/ .*)?$/.exec(line) ?? []
    return `  ${option},${comment}`
  })
  const used = (name: string): boolean => new RegExp(`(?<![.\\w'])${name}(\\(|\\.)`).test(text)
  return [
    '```ts',
    `import { evalTest } from 'vitest-plugin-evals'`,
    `import { ${scorers.filter(used).sort().join(', ')} } from 'vitest-plugin-evals/scorers'`,
    ...Object.entries(imported).flatMap(([name, from]) => (used(name) ? [`import { ${name} } from '${from}'`] : [])),
    '',
    ...before,
    `evalTest.each(rows)('answers', task, {`,
    ...options,
    '})',
    '```',
  ].join('\n')
}
