/** What a docstring says, with its lines as they stand in the source. */
export interface Docstring {
  /** The text before the first tag. */
  readonly text: string
  /** Parameter → what it is. */
  readonly params: Readonly<Record<string, string>>
  readonly returns: string
  readonly throws: string
  readonly example: string
}

/** Reads the inside of a docstring, what stands between its marks. */
export function readDocstring(comment: string): Docstring {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*( |$)/, ''))
  const [text = '', ...tags] = lines
    .join('\n')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .split(/^@/m)
    .map((part) => part.trim())
  const contents = (tag: string): string[] =>
    tags.filter((part) => part.split(/\s/, 1)[0] === tag).map((part) => part.slice(tag.length).trim())
  return {
    text,
    params: Object.fromEntries(contents('param').map((param) => splitFirst(param))),
    returns: contents('returns').map(unwrap).join(' '),
    throws: contents('throws').map(unwrap).join(' '),
    example: contents('example').join('\n'),
  }
}

/** A text of several lines in one. */
export function unwrap(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function splitFirst(param: string): [string, string] {
  const [name = '', ...rest] = param.split(/\s+/)
  return [name, rest.join(' ')]
}
