import { canonicalHash } from '../../stored-value/canonical-hash.ts'

/** Texts to judge, as one block. */
export interface Material {
  readonly text: string
  /** The word that marks its parts: who writes a part cannot know it, since it depends on all of them. */
  readonly key: string
  /** How many characters were left out of which part; absent where none were. */
  readonly leftOut?: Readonly<Record<string, number>>
}

/** What chat templates of open models take for the end of a message, or the start of one. */
const controlTokens = /<(?=\||\/?(?:s|bos|eos|start_of_turn|end_of_turn)>|<\/?SYS>>)|\[(?=\/?INST\])/gi
const zeroWidthSpace = '\u200B'

/**
 * Puts each text between two marks that cannot occur in it: their key is a hash of all the texts, which is the same for
 * the same texts (so that answers can be cached) and which no text can contain on purpose. Control tokens of chat
 * templates are broken by a zero-width space. Of a text above `maxCharacters` start and end are kept.
 */
export function delimitMaterial(parts: Readonly<Record<string, unknown>>, maxCharacters: number): Material {
  const texts = Object.entries(parts).map(([name, value]) => [name, shownText(value)] as const)
  const key = keyOf(texts)
  const leftOut: Record<string, number> = {}
  const blocks = texts.map(([name, text]) => {
    const kept = withoutMiddle(text, { maxCharacters, key })
    if (kept.leftOut > 0) leftOut[name] = kept.leftOut
    return `<${key} ${name}>\n${kept.text.replace(controlTokens, `$&${zeroWidthSpace}`)}\n</${key} ${name}>`
  })
  return { key, text: blocks.join('\n\n'), ...(Object.keys(leftOut).length > 0 ? { leftOut } : {}) }
}

/** A text as it is, nothing as such, anything else as JSON. */
function shownText(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed()
  if (value === undefined || value === null) return '(nothing)'
  try {
    return (JSON.stringify(value, null, 2) ?? String(value)).toWellFormed()
  } catch {
    // A circle, or a bigint somewhere in it.
    return String(value)
  }
}

function keyOf(texts: readonly (readonly [string, string])[]): string {
  for (let attempt = 0; ; attempt++) {
    const key = `material-${canonicalHash([texts, attempt]).slice(0, 16)}`
    if (!texts.some(([, text]) => text.includes(key))) return key
  }
}

function withoutMiddle(
  text: string,
  { maxCharacters, key }: { maxCharacters: number; key: string },
): { text: string; leftOut: number } {
  if (text.length <= maxCharacters) return { text, leftOut: 0 }
  const start = text.slice(0, Math.ceil(maxCharacters / 2)).toWellFormed()
  const end = text.slice(text.length - Math.floor(maxCharacters / 2)).toWellFormed()
  const leftOut = text.length - maxCharacters
  return { text: `${start}\n[${key}: ${leftOut} characters are left out here]\n${end}`, leftOut }
}
