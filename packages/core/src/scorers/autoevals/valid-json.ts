import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** Arguments of {@link ValidJSON} besides the output. */
export interface ValidJsonArguments {
  /** JSON Schema, draft 7. With one any type of value will do. */
  readonly schema?: unknown
}

/** 1 when the output is, or is the text of, a JSON object or array; with a schema, any value that satisfies it. */
export const ValidJSON: ScorerWithPartial<unknown, ValidJsonArguments, Promise<Score>> = withPartial(
  'ValidJSON',
  async ({ output, schema }) => ({
    name: 'ValidJSON',
    score: (await isValid(output, schema)) ? 1 : 0,
    metadata: { schema },
  }),
)

async function isValid(output: unknown, schema: unknown): Promise<boolean> {
  try {
    const value: unknown = typeof output === 'string' ? JSON.parse(output) : output
    if (!schema) return typeof value === 'object' && value !== null
    const { Ajv } = await import('ajv')
    return new Ajv().compile(schema)(value)
  } catch {
    // As in autoevals an output that does not parse, and a schema that does not compile, are simply not valid.
    return false
  }
}
