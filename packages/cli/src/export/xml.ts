import { stripVTControlCharacters } from 'node:util'

/** Attributes of an element; those without a value are left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element as a line or more of XML. @param content escaped already */
export function element(name: string, attributes: Attributes, content: string | readonly string[] = ''): string {
  const inner = typeof content === 'string' ? content : content.length === 0 ? '' : `\n${content.join('\n')}\n`
  const start = startTag(name, attributes)
  return inner === '' ? `${start.slice(0, -1)} />` : `${start}${inner}</${name}>`
}

/** The beginning of an element. */
export function startTag(name: string, attributes: Attributes): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`],
  )
  return `<${name}${pairs.join('')}>`
}

/** Text as it may stand between tags and in attributes; colours go, and what XML cannot hold becomes `�`. */
export function escapeXml(text: string): string {
  return stripVTControlCharacters(text)
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
