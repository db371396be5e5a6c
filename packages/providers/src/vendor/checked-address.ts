import { EvalsError } from '@evals/core'

/**
 * Gives the address of a server back. With user name and password it is none: `fetch` takes it not, and shows it in its error.
 * @param target who is called, for the error
 * @throws EvalsError `EVALS_OPTION_INVALID`, without the address, which may hold secrets
 */
export function checkedAddress(address: string, target: string): string {
  const hasScheme = /^https?:\/\//i.test(address)
  const url = URL.parse(hasScheme ? address : `http://${address}`)
  if (url !== null && (url.username !== '' || url.password !== '')) {
    throw invalid(
      target,
      "holds a user name or a password, and no request can be sent to it. Take them out, and send them as a header: `headers: { Authorization: 'Basic …' }`.",
    )
  }
  if (url === null || !hasScheme) throw invalid(target, 'is no URL. Write it whole, as in `http://127.0.0.1:8000/v1`.')
  return address
}

function invalid(target: string, what: string): EvalsError {
  return new EvalsError('EVALS_OPTION_INVALID', `The address of ${target} ${what}`, { details: { target } })
}
