import { messageOf } from '../../errors.ts'
import type { ScoreDetails, Scorer } from '../../scoring/scorer.ts'
import { compileJsonSchema, type JsonSchema } from './json-schema.ts'
import { readJson, withoutFences } from './read-json.ts'
import { checkOptions, flag, invalidOption, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { binaryScale, unusable } from '../text-scorer.ts'
import { withinTime } from '../within-time.ts'

const timeoutMs = 1000

/** Options of {@link validJson}. */
export interface ValidJsonOptions extends ScorerOptions {
  /** JSON Schema (2020-12) the value must satisfy. Default none: any JSON value will do, also `42` or `"text"`. */
  readonly schema?: JsonSchema
  /** Take the contents of a Markdown code fence when the whole text is one. Default false: a fence is not JSON. */
  readonly stripFences?: boolean
}

/**
 * 1 when the output is JSON (RFC 8259) and satisfies the schema, else 0; the explanation says where it fails.
 *
 * A string is parsed. Anything else is taken as a value that is parsed already (a structured answer), in the form that
 * `JSON.stringify` gives it; `null` and `undefined` are no output and score 0, while the text `null` is JSON. The
 * schema is compiled by ajv at the first use: `format` is an annotation only, an unknown keyword makes the schema
 * invalid.
 *
 * @param options `schema` (none), `stripFences = false`, `name = 'validJson'`
 * @returns A binary scorer, range [0, 1], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws it for a schema that does not compile, and
 *   `EVALS_SCORER_FAILED` where the schema's patterns backtrack for longer than a second
 * @example
 * scorers: [validJson({ schema: { type: 'object', required: ['city'] } })]
 */
export function validJson(options: ValidJsonOptions = {}): Scorer {
  checkOptions('validJson', options, {
    schema: {
      expected: 'a JSON Schema (an object or a boolean)',
      accepts: (value) =>
        typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value)),
    },
    stripFences: flag,
  })
  const { name = 'validJson', schema, stripFences = false } = options
  let validator: ReturnType<typeof compileJsonSchema> | undefined

  return {
    name,
    version: optionsVersion('validJson', options),
    ...binaryScale,
    needsExpected: false,
    async score({ output }): Promise<ScoreDetails> {
      const problemOf = schema === undefined ? undefined : await (validator ??= compile(name, schema))
      const parsed = readJson(stripFences && typeof output === 'string' ? withoutFences(output) : output)
      const problem = 'problem' in parsed ? parsed.problem : problemOf?.(parsed.value)
      return problem === undefined ? { value: 1 } : { value: 0, explanation: problem }
    },
  }
}

/** Only patterns can take long, and limiting the time costs some. */
async function compile(scorer: string, schema: JsonSchema): ReturnType<typeof compileJsonSchema> {
  const problemOf = await compileUnlimited(scorer, schema)
  if (!/"pattern(Properties)?":/.test(JSON.stringify(schema))) return problemOf
  return (value) => {
    const ended = withinTime(timeoutMs, () => problemOf(value))
    if (ended !== undefined) return ended.result
    const advice = 'make them simpler (nested repetitions backtrack)'
    throw unusable(scorer, `the patterns of the schema needed more than ${timeoutMs} ms; ${advice}`, {
      details: { option: 'schema', timeoutMs },
    })
  }
}

async function compileUnlimited(scorer: string, schema: JsonSchema): ReturnType<typeof compileJsonSchema> {
  try {
    return await compileJsonSchema(schema)
  } catch (cause) {
    throw invalidOption(scorer, `the schema is not valid JSON Schema 2020-12: ${messageOf(cause)}`, {
      details: { option: 'schema' },
      cause,
    })
  }
}
