import { didYouMean } from '@evals/core'
import type { RunOptions } from '../options.ts'
import type { BoardEntry } from './eval-board.ts'

/**
 * Warnings of roles that the option `models` re-points and no eval of the run declared. They are no errors: the files
 * that declare them may have been left out.
 */
export function undeclaredRoles(
  models: RunOptions['models'] = {},
  entries: readonly Pick<BoardEntry, 'meta'>[],
): string[] {
  const declared = [...new Set(entries.flatMap(({ meta }) => meta.roles ?? []))].toSorted()
  // It stands in for any role that has no model of its own.
  const isPlayed = (role: string): boolean => (role === 'default' ? declared.length > 0 : declared.includes(role))
  const known =
    declared.length === 0
      ? "None declares a role: that is done by model('judge', 'openai:gpt-5')."
      : `Declared: ${declared.join(', ')}.`
  return Object.entries(models)
    .filter(([role]) => !isPlayed(role))
    .map(([role, model]) => {
      const what = `The option \`models\` lets ${model} play the role "${role}", which no eval of this run declared.`
      return `${what}${didYouMean(role, declared)} ${known}`
    })
}
