import { stripVTControlCharacters } from 'node:util'

/** Stored text on one line; what a model answered must not steer the terminal. */
export function oneLine(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  const line = plain(text).replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** Stored text with its line breaks and tabs, without other control characters. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
}
