/** A JSON Schema, dialect 2020-12. */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>

const shownErrors = 5

/**
 * Compiles a schema with ajv, which is loaded here so that evals without a schema do not pay for it. The returned
 * function gives the first five violations of a value with their JSON Pointers, or `undefined` for a valid value.
 * Rejects with ajv's own error for an invalid schema, an unknown keyword, another dialect or a reference that does not
 * resolve.
 */
export async function compileJsonSchema(schema: JsonSchema): Promise<(value: unknown) => string | undefined> {
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new Ajv2020({
    allErrors: true,
    // An unknown keyword is most often a typing error, and ignoring it would pass every output.
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    validateFormats: false,
    logger: false,
  })
  const validate = ajv.compile(schema)
  return (value) => {
    if (validate(value)) return undefined
    const errors = validate.errors ?? []
    const shown = errors.slice(0, shownErrors).map(({ instancePath, message = 'is invalid', schemaPath }) => {
      return `${instancePath === '' ? 'the value' : instancePath} ${message} (${schemaPath})`
    })
    const more = errors.length - shown.length
    return `does not satisfy the schema: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
  }
}
