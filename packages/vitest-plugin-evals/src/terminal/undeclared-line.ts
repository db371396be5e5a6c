import { stripVTControlCharacters } from 'node:util'
import { evalKey, type UndeclaredEval } from '@evals/core'

/** Which eval could not be declared, and why, in one line. */
export function undeclaredLine({
  eval: name,
  variant,
  error: { name: kind, code = kind, message },
}: UndeclaredEval): string {
  const line = stripVTControlCharacters(message).replaceAll(/[\p{Cc}\s]+/gu, ' ')
  return `${evalKey(name, variant)}: could not be declared, ${code}: ${line}`
}
