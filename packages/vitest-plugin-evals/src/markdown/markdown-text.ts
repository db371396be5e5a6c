import { stripVTControlCharacters } from 'node:util'

/**
 * A text from outside as code in Markdown, on one line, without colours and characters that are not seen: there nobody is
 * mentioned, nothing is linked, and no HTML is HTML.
 * @param longest in characters; what is longer is cut
 */
export function code(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  // An answer may have megabytes, of which a few characters are shown.
  const line = stripVTControlCharacters(text.slice(0, 8 * longest))
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
  if (line === '') return nothing
  const short = line.length > longest ? `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line
  const fence = '`'.repeat(longestRun(short) + 1)
  const padding = /^`|`$/.test(short) ? ' ' : ''
  return `${fence}${padding}${short}${padding}${fence}`
}

/** What stands for a figure that was not measured. */
export const nothing = '–'

/** A row of a table, whose cells may hold any character. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map(escapePipes).join(' | ')} |\n`
}

/** Lines that are seen after a click. */
export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>\n', `<summary>${summary}</summary>\n`, '\n', ...lines, '\n', '</details>\n', '\n']
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0)
}

/** A table ends its cell at a `|` also in code; after a backslash there is no way to escape it. */
function escapePipes(text: string): string {
  return text.replaceAll(/(\\*)\|/g, (_pipe, slashes: string) => (slashes === '' ? '\\|' : `${slashes}│`))
}
