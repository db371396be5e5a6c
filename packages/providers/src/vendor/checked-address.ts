import { EvalsError } from '@evals/core'

/**
 * Gives an address back that holds neither user name nor password: `fetch` takes none that does, and shows it in its error.
 * @param target who is called, for the error
 * @throws EvalsError `EVALS_OPTION_INVALID`, without the address
 */
export function withoutCredentials(address: string, target: string): string {
  const url = URL.parse(address.includes('://') ? address : `http://${address}`)
  if (url === null || (url.username === '' && url.password === '')) return address
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The address of ${target} holds a user name or a password, and no request can be sent to it. Take them out, and send them as a header: \`headers: { Authorization: 'Basic …' }\`.`,
    { details: { target } },
  )
}
