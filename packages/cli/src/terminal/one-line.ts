import { plainText } from '@evals/core'

/** Stored text on one line; what a model answered must not steer the terminal. */
export function oneLine(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
