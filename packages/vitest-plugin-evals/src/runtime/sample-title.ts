import { keyOf } from '@evals/core'
import type { PlannedSample } from './eval-plan.ts'

const textLength = 40

/** The unique, stable name of a sample's test: `capitals › 3f2a9c01d2e4b5a6 #2 What is …`. */
export function sampleTitle(name: string, { sample, epoch }: PlannedSample, template: string | undefined): string {
  const title = `${toLine(name)} › ${escapeControls(keyOf({ id: sample.id, epoch }))}`
  if (template === undefined) return title
  const row: unknown = sample.row
  const text = template.replaceAll(/\$(\w+)/g, (placeholder, column: string) => {
    if (typeof row !== 'object' || row === null || !Object.hasOwn(row, column)) return placeholder
    const value: unknown = Reflect.get(row, column)
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  })
  const line = toLine(text)
  return `${title} ${line.length > textLength ? `${line.slice(0, textLength - 1)}…` : line}`
}

/** One line that no other id has, since a test is found by its name. */
function escapeControls(id: string): string {
  return id.replaceAll(/[^\S ]|[\p{Cc}\\]/gu, (character) =>
    character === '\\' ? '\\\\' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function toLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
}
