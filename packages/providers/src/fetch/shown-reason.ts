import { leastKeyLength } from '../vendor/hide-key.ts'
import type { AppCall } from './app-call.ts'
import { objectIn } from './wire-format.ts'

const mostCharacters = 500

/**
 * Why the server did not answer, in its own words but without the key.
 * @param told what it sent, parsed; `body` is shown where there are no words in it
 */
export function shownReason(told: unknown, { body, call }: { readonly body: string; readonly call: AppCall }): string {
  const { error: own, message, response } = objectIn(told)
  const error = own ?? objectIn(response)['error']
  const reason = objectIn(error)['message'] ?? message ?? error ?? body
  const text = typeof reason === 'string' ? reason : JSON.stringify(reason)
  const secrets = call.secrets.filter(({ length }) => length >= leastKeyLength)
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text).slice(0, mostCharacters)
}
