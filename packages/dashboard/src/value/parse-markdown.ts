/** A piece of a line. */
export type Inline =
  | { readonly type: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly address: string }

/** A part of a document. */
export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly type: 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'code'; readonly text: string }

const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/s
const starts = /^\s*(#{1,6}\s|```|~~~|>|[-*+]\s|\d+[.)]\s)/

/** Whether a text has anything that Markdown would show in another way. */
export function looksLikeMarkdown(text: string): boolean {
  return /^(#{1,6} |```|[ \t]*[-*+] |[ \t]*\d+[.)] |> )|\*\*[^*\n]+\*\*|`[^`\n]+`|\]\(/m.test(text)
}

/** The common part of Markdown: headings, paragraphs, quotes, flat lists, code, emphasis, links. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.split(/\r\n?|\n/)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const [block, next] = readBlock(lines, at)
    if (block !== undefined) blocks.push(block)
    at = next
  }
  return blocks
}

function readBlock(lines: readonly string[], at: number): readonly [block: Block | undefined, next: number] {
  const line = lines[at]!
  if (line.trim() === '') return [undefined, at + 1]
  const fence = /^\s*(```|~~~)/.exec(line)?.[1]
  if (fence !== undefined) {
    const end = endOf(lines, at + 1, (one) => !one.trim().startsWith(fence))
    return [{ type: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1]
  }
  const [, hashes, title] = /^(#{1,6})\s+(.*)$/s.exec(line) ?? []
  if (hashes !== undefined)
    return [{ type: 'heading', level: hashes.length, content: parseInline(title ?? '') }, at + 1]
  if (item.test(line)) {
    const end = endOf(lines, at, (one) => item.test(one))
    const matches = lines.slice(at, end).map((one) => item.exec(one))
    return [
      {
        type: 'list',
        ordered: matches[0]?.[1] !== undefined,
        items: matches.map((match) => parseInline(match?.[2] ?? '')),
      },
      end,
    ]
  }
  if (line.startsWith('>')) {
    const end = endOf(lines, at, (one) => one.startsWith('>'))
    const text = lines
      .slice(at, end)
      .map((one) => one.replace(/^>\s?/, ''))
      .join('\n')
    return [{ type: 'quote', content: parseInline(text) }, end]
  }
  const end = endOf(lines, at + 1, (one) => one.trim() !== '' && !starts.test(one))
  return [{ type: 'paragraph', content: parseInline(lines.slice(at, end).join('\n')) }, end]
}

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from
  while (end < lines.length && belongs(lines[end]!)) end += 1
  return end
}

/** Each part ends where the next one of its kind could begin, or a text of many beginnings would be read as many times. */
const inline = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\[([^[\]\n]+)\]\(([^[)\s]+)\)/g

function parseInline(text: string): Inline[] {
  const pieces: Inline[] = []
  let last = 0
  for (const match of text.matchAll(inline)) {
    if (match.index > last) pieces.push({ type: 'text', text: text.slice(last, match.index) })
    last = match.index + match[0].length
    const [, code, strong, emphasis, label, address] = match
    if (code !== undefined) pieces.push({ type: 'code', text: code })
    else if (strong !== undefined) pieces.push({ type: 'strong', text: strong })
    else if (emphasis !== undefined) pieces.push({ type: 'emphasis', text: emphasis })
    else pieces.push({ type: 'link', text: label ?? '', address: address ?? '' })
  }
  if (last < text.length) pieces.push({ type: 'text', text: text.slice(last) })
  return pieces
}
