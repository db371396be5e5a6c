import { shortenError } from './shorten-error.ts'

/**
 * Runs a call; if it fails with an error that shows the key, as some servers' do, the key is taken out of it. A message
 * of more than 1,000 characters is cut after that.
 */
export async function hidingKey<Result>(key: string | undefined, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (key !== undefined && key.length >= leastKeyLength) hideIn(error, key)
    shortenError(error)
    throw error
  }
}

const deepestCause = 5

/** What is shorter is no secret (local servers take `none` or `x`), and would be found in every word. */
export const leastKeyLength = 8

function hideIn(thrown: unknown, key: string, depth = 0): void {
  if (!(thrown instanceof Error) || depth > deepestCause) return
  for (const name of Object.getOwnPropertyNames(thrown)) {
    const fields = thrown as unknown as Record<string, unknown>
    const value = fields[name]
    if (value instanceof Error) hideIn(value, key, depth + 1)
    else if (showsKey(value, key)) fields[name] = withoutKey(value, key)
  }
}

function showsKey(value: unknown, key: string): boolean {
  return JSON.stringify(value)?.includes(JSON.stringify(key).slice(1, -1)) === true
}

function withoutKey(value: unknown, key: string): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(key).slice(1, -1), '***'))
}
