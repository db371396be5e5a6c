/** A block of TypeScript in a Markdown file. */
export interface CodeBlock {
  readonly code: string
  /** 1-based line of the file at which the code begins. */
  readonly line: number
  /** Why it is not type-checked; absent where it is. */
  readonly ignored?: string
}

/**
 * The blocks of a Markdown file: those that begin with ```` ```ts ````, and comments that begin with `<!-- ts`, which have
 * what readers need not see. `ts ignore: REASON` is not type-checked.
 */
export function readCodeBlocks(markdown: string): CodeBlock[] {
  const blocks = markdown.matchAll(/^( *)(?:```|<!-- )tsx?\b(?: ignore:? *([^\n]*))?\n(.*?)^ *(?:```|-->)$/gms)
  return [...blocks].map((block) => {
    const [all, indent = '', ignored, code = ''] = block
    const start = block.index + all.indexOf('\n') + 1
    return {
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: markdown.slice(0, start).split('\n').length,
      ...(ignored === undefined ? {} : { ignored }),
    }
  })
}
