import { stripVTControlCharacters } from 'node:util'

/**
 * Text with its line breaks and tabs, without other control characters: what a model answered, or what is stored, must not
 * steer a terminal.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
}
