import { plainText } from '@evals/core'

/** What `picocolors` writes for bold, dim and colours, and for their end. */
const colour = /(\u001B\[(?:[12]|22|3\d)m)/

/**
 * Text for a terminal, with its colours, line breaks and tabs, without other control characters: what a model answered, or
 * what is stored, must not steer the terminal.
 */
export function printable(text: string): string {
  return text
    .split(colour)
    .map((piece, index) => (index % 2 === 1 ? piece : plainText(piece)))
    .join('')
}
