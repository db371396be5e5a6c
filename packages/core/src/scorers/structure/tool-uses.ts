import type { ScorerInput } from '../../scoring/scorer.ts'
import { unusable } from '../text-scorer.ts'
import { isJsonObject } from './read-json.ts'

/** A tool that was called, or is to be called. */
export interface ToolUse {
  readonly name: string
  /** Also `null` and `''`: none were given. */
  readonly arguments?: unknown
}

/**
 * The tools that a sample used: the output where it is an array of calls or has an array `toolCalls`, else the tool steps
 * of its trace.
 */
export function usedTools(scorer: string, { output, trace }: Pick<ScorerInput, 'output' | 'trace'>): ToolUse[] {
  const calls = isJsonObject(output) ? output['toolCalls'] : output
  if (Array.isArray(calls)) return readToolUses(scorer, calls)
  return trace.flatMap((step) => (step.type === 'tool' ? [{ name: step.name, arguments: step.arguments }] : []))
}

/**
 * Calls as they are written in rows and answers: a name, `{ name, arguments }`, or OpenAI's `{ function: { name, arguments
 * } }`; arguments may be a JSON text.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED`
 */
export function readToolUses(scorer: string, given: unknown): ToolUse[] {
  const calls: readonly unknown[] = Array.isArray(given) ? given : [given]
  return calls.map((call) => {
    if (typeof call === 'string') return { name: call }
    const described = isJsonObject(call) && isJsonObject(call['function']) ? call['function'] : call
    if (!isJsonObject(described) || typeof described['name'] !== 'string') {
      throw unusable(scorer, 'a tool call must be a name or { name, arguments }; map what you have with `calls`', {
        details: { call },
      })
    }
    return { name: described['name'], arguments: parsed(described['arguments']) }
  })
}

/** A model may write arguments that are no JSON; then they stay the text they are, which equals nothing. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
