import type { EmbeddingModel } from '../../model/embedding-model.ts'
import { askJudge } from '../judge/ask-judge.ts'
import type { JudgeModel } from '../judge/judge-model.ts'
import { readObject } from '../judge/read-object.ts'
import { unusable } from '../text-scorer.ts'

/** What a moderation service says of a text. */
export type Moderate = (
  text: string,
  options: { readonly signal: AbortSignal },
) => Promise<{ readonly flagged: boolean; readonly category_scores: Readonly<Record<string, number>> }>

/** What the scorers ask, unless an argument names another. */
export interface Defaults {
  readonly model?: JudgeModel
  readonly embeddingModel?: EmbeddingModel
  readonly moderate?: Moderate
}

/** Arguments of every scorer that asks a model. */
export interface ModelArguments extends Defaults {
  readonly signal?: AbortSignal
}

let defaults: Defaults = {}

/** Names the models for all scorers of this module, in place of autoevals' client. */
export function init(given: Defaults): void {
  defaults = given
}

/** @throws EvalsError `EVALS_SCORER_FAILED` where there is none */
export function setting<Name extends keyof Defaults>(
  scorer: string,
  name: Name,
  given: Defaults,
): NonNullable<Defaults[Name]> {
  const found = given[name] ?? defaults[name]
  if (found !== undefined) return found
  throw unusable(scorer, `there is no ${name}: give it as an argument, or call init({ ${name} }) first`)
}

/** The signal of the sample that is judged, if there is one. */
export function signalOf({ signal = new AbortController().signal }: ModelArguments): AbortSignal {
  return signal
}

/** A question whose answer is an object. */
export interface ObjectQuestion {
  /** The scorer's name. */
  readonly scorer: string
  readonly instructions: string
  readonly terms?: Readonly<Record<string, string>>
  readonly parts: Readonly<Record<string, unknown>>
  /** The members of the answer as JSON Schema. */
  readonly members: Readonly<Record<string, object>>
}

/**
 * The object that a model answers with.
 * @throws EvalsError `EVALS_SCORER_FAILED` for an answer that is none
 */
export async function askForObject(
  { scorer, instructions, terms, parts, members }: ObjectQuestion,
  given: ModelArguments,
): Promise<Readonly<Record<string, unknown>>> {
  const schema = objectOf(members)
  const format = `Answer with a JSON object that fits this JSON Schema:\n${JSON.stringify(schema)}`
  const question = {
    scorer,
    prompt: { name: scorer, version: '1', text: instructions },
    terms,
    parts,
    schema,
    format: { structured: format, text: format },
    read: (answer: Parameters<typeof readObject>[0]) => {
      const object = readObject(answer)
      return object === undefined ? { problem: 'it is no object' } : { answer: object }
    },
  }
  const model = setting(scorer, 'model', given)
  const { reading } = await askJudge(question, { model }, { signal: signalOf(given) })
  if ('answer' in reading) return reading.answer
  throw unusable(scorer, `the answer of the model cannot be read: ${reading.problem}`)
}

/** A JSON Schema of an object with all its members. */
export function objectOf(members: Readonly<Record<string, object>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties: members, required: Object.keys(members), additionalProperties: false }
}

/** @throws EvalsError `EVALS_SCORER_FAILED` for what is no list */
export function listIn(
  scorer: string,
  object: Readonly<Record<string, unknown>>,
  member: string,
): readonly Readonly<Record<string, unknown>>[] {
  const list = object[member]
  if (Array.isArray(list)) return list.map((item: unknown) => Object(item) as Readonly<Record<string, unknown>>)
  throw unusable(scorer, `the answer of the model has no list "${member}"`)
}
