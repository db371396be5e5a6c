import { currentAttemptReport, nearNames, requestEngine, withAttemptReport, type RequestEngine } from '@evals/core'

/** Whose models may have been meant. */
export interface ModelSuggestion {
  readonly modelId: string
  /** Server and key, as `accountOf` tells them. */
  readonly account: string
  /** Of the call. */
  readonly signal: AbortSignal
  /** Asks the server for the names of its models. */
  list(options: { readonly signal: AbortSignal }): Promise<readonly string[]>
}

/** Names are not worth a longer wait: the call holds its slot. */
const listTimeoutMs = 5000

/** By run, then by account. */
const lists = new WeakMap<RequestEngine, Map<string, Promise<readonly string[]>>>()

/**
 * Makes a call. When the server does not know the model, its models with near names are told in the error; it is asked
 * for them once for a run, and when that fails the error stays as it is.
 */
export async function suggestingModels<Result>(
  suggestion: ModelSuggestion,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    if (currentAttemptReport()?.status !== 404 || !(error instanceof Error)) throw error
    const near = nearNames(suggestion.modelId, await knownModels(suggestion))
    if (near.length > 0) error.message = `${error.message.replace(/\.$/, '')}; it has ${near.join(', ')}`
    throw error
  }
}

async function knownModels({ modelId, account, signal, list }: ModelSuggestion): Promise<readonly string[]> {
  const engine = await requestEngine()
  const ofRun = lists.get(engine) ?? new Map<string, Promise<readonly string[]>>()
  lists.set(engine, ofRun)
  const limited = AbortSignal.any([signal, AbortSignal.timeout(listTimeoutMs)])
  // A report of its own: what is told of the attempt must stay that of the call.
  const asked = ofRun.get(account) ?? withAttemptReport({}, () => list({ signal: limited }))
  ofRun.set(account, asked)
  try {
    // The name was right then, and the server means something else.
    const known = await asked
    return known.includes(modelId) ? [] : known
  } catch {
    // Servers need not have a list; the call's own error says what there is to say.
    return []
  }
}
