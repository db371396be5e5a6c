import { accountOf } from '../vendor/account.ts'
import { checkedAddress } from '../vendor/checked-address.ts'
import { objectIn, type JsonObject } from './wire-format.ts'
import { recognise, type Recognised } from './wire-formats.ts'

type FetchInput = Parameters<typeof fetch>[0]

/** A call of a model that an application makes. */
export interface AppCall extends Recognised {
  readonly url: URL
  /** The URL without secrets, for the keys of cached answers: a query may ask for another format. */
  readonly address: string
  /** What is sent, with the body as text; `signal` is the application's. */
  readonly init: RequestInit & { readonly body: string }
  readonly body: JsonObject
  /** Whose limits it uses. */
  readonly account: string
  /** Values that must not be shown. */
  readonly secrets: readonly string[]
}

/**
 * The call that a request is, if its wire format is known; the request can be sent as it is afterwards.
 * @throws EvalsError `EVALS_OPTION_INVALID` for a call whose address holds a password
 */
export async function toAppCall(input: FetchInput, init: RequestInit = {}): Promise<AppCall | undefined> {
  const request = input instanceof Request ? input : undefined
  const method = init.method ?? request?.method ?? 'GET'
  if (method.toUpperCase() !== 'POST') return undefined
  const text = await textOf(init.body ?? request?.clone())
  const body = text === undefined ? undefined : parsed(text)
  if (text === undefined || body === undefined) return undefined
  const url = new URL(input instanceof Request ? input.url : input)
  const recognised = recognise(url, body)
  if (recognised === undefined) return undefined
  checkedAddress(url.href, recognised.model)
  const headers = new Headers(init.headers ?? request?.headers)
  const secrets = secretsIn(headers, url)
  const signal = init.signal ?? request?.signal
  return {
    ...recognised,
    url,
    address: addressOf(url),
    init: { ...init, method, headers, body: text, ...(signal ? { signal } : {}) },
    body,
    account: accountOf(recognised.baseURL, secrets[0]),
    secrets,
  }
}

type Body = RequestInit['body'] | Request

async function textOf(body: Body | undefined): Promise<string | undefined> {
  if (typeof body === 'string') return body
  if (body instanceof Request) return body.text()
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : undefined
}

function parsed(text: string): JsonObject | undefined {
  try {
    return objectIn(JSON.parse(text))
  } catch {
    // Then it is no call of a model.
    return undefined
  }
}

/** Names under which secrets stand in a query; `code` is that of Azure's functions. */
const secretParameter = /(?:key|token|secret|sig|signature|code)$/i

function addressOf({ origin, pathname, searchParams }: URL): string {
  const shown = new URLSearchParams([...searchParams].filter(([name]) => !secretParameter.test(name)))
  return `${origin}${pathname}${shown.size === 0 ? '' : `?${shown.toString()}`}`
}

const keyHeaders = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']

function secretsIn(headers: Headers, url: URL): string[] {
  const values = keyHeaders.map((name) => headers.get(name)?.replace(/^(?:Bearer|Basic) +/i, '') ?? '')
  const parameters = [...url.searchParams].filter(([name]) => secretParameter.test(name)).map(([, value]) => value)
  return [...values, ...parameters].filter((value) => value !== '')
}
