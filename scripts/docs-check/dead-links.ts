import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The links of a Markdown file to files and headings that are not there, as `path:line: what`. */
export function deadLinks(root: string, path: string): string[] {
  const text = withoutCode(readFileSync(join(root, path), 'utf8'))
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => {
    const [, link = ''] = match
    if (/^[a-z]+:/.test(link)) return []
    const [file = '', heading] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    const line = text.slice(0, match.index).split('\n').length
    if (!existsSync(join(root, target))) return [`${path}:${line}: there is no ${target}`]
    if (heading === undefined || !statSync(join(root, target)).isFile()) return []
    return headings(join(root, target)).includes(heading)
      ? []
      : [`${path}:${line}: ${target} has no heading ${heading}`]
  })
}

/** The headings of a file as GitHub names them in links. */
function headings(path: string): string[] {
  return [...withoutCode(readFileSync(path, 'utf8')).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The text with its blocks of code blanked, so that lines stay what they are. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^ *```.*?^ *```$/gms, (block) => block.replaceAll(/[^\n]/g, ''))
}
