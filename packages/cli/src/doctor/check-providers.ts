import { messageOf } from '@evals/core'
import { providerAccess, type ProviderAccess } from '@evals/providers'
import type { Finding } from './finding.ts'

const patienceMs = 5000
const toSetKeys = 'For models of a provider set its variable in the environment or in .env.local.'

/**
 * Which providers have a key; its value is never looked at further.
 * @param online asks whether their servers answer, without a key and without paying for anything
 */
export async function checkProviders(
  environment: Readonly<Record<string, string | undefined>>,
  online: boolean,
): Promise<Finding[]> {
  const known = providerAccess().filter(({ needsKey }) => needsKey)
  const [withKey, without] = [true, false].map((wanted) =>
    known.filter(({ variable }) => ((environment[variable] ?? '').trim() !== '') === wanted),
  ) as [ProviderAccess[], ProviderAccess[]]
  const names = (providers: readonly ProviderAccess[]): string => providers.map(({ variable }) => variable).join(', ')
  const keys: Finding = {
    check: 'keys',
    message: `set: ${names(withKey) || 'none'}; not set: ${names(without) || 'none'}`,
    ...(withKey.length > 0 ? { state: 'ok' } : { state: 'warning', next: toSetKeys }),
  }
  const reached = withKey.map((access) => withOwnAddress(access, environment))
  return [keys, ...(online ? await Promise.all(reached.map(checkConnection)) : [])]
}

/** Models of a provider take another address from a variable beside that of the key, such as `OPENAI_BASE_URL`. */
function withOwnAddress(
  access: ProviderAccess,
  environment: Readonly<Record<string, string | undefined>>,
): ProviderAccess {
  const own = environment[access.variable.replace(/_(?:API_KEY|API_TOKEN|TOKEN)$/, '_BASE_URL')]
  return own === undefined || own === '' ? access : { ...access, baseURL: own }
}

/** Whether a server answers; any answer will do, a refusal too. */
export async function checkConnection({ provider, baseURL }: ProviderAccess): Promise<Finding> {
  const check = `connection ${provider}`
  if (baseURL === undefined) return { check, state: 'ok', message: 'its address depends on the account' }
  try {
    const { status } = await fetch(baseURL, { signal: AbortSignal.timeout(patienceMs), redirect: 'manual' })
    return { check, state: 'ok', message: `${baseURL} answers (HTTP ${status})` }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    const next = 'Check the network, proxies and firewalls.'
    return { check, state: 'problem', message: `${baseURL} does not answer: ${messageOf(cause)}`, next }
  }
}
