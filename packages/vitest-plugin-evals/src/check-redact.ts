import { EvalsError, messageOf } from '@evals/core/errors'

/**
 * Checks that `redact` can be rebuilt from its source, as the workers do.
 * @throws EvalsError `EVALS_OPTION_INVALID`
 */
export function checkRedact(redact: unknown, where: string): void {
  try {
    if (typeof redact !== 'function') throw new TypeError(`it is a ${typeof redact}`)
    parse(redactSource(redact))
  } catch (error) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The option "redact" in ${where} cannot be sent to the workers: ${messageOf(error)}. Write it as a function expression: redact: (record) => ({ ...record, input: null }).`,
      { cause: error },
    )
  }
}

/** The source of `redact` as an expression, which that of a method is not. */
export function redactSource(redact: unknown): string {
  const source = String(redact)
  try {
    parse(source)
    return source
  } catch {
    return `Object.values({ ${source} })[0]`
  }
}

/** @throws SyntaxError */
function parse(expression: string): void {
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the user's own configuration; only parsed here
  new Function(`return (${expression})`)
}
