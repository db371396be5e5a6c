import { messageOf, type Endpoint, type ModelCompute } from '@evals/core'

/** What is wrong with what a user's `setup` returned; `undefined`: nothing. */
export function computeProblem(compute: Partial<ModelCompute> | undefined): string | undefined {
  const { endpoints, dispose } = compute ?? {}
  if (typeof dispose !== 'function') return 'returned no `dispose` function from its `setup`'
  if (!Array.isArray(endpoints) || endpoints.length === 0) return 'returned no endpoints from its `setup`'
  if (endpoints.some((one: Partial<Endpoint> | undefined) => typeof one?.baseURL !== 'string')) {
    return 'returned an endpoint without a `baseURL` from its `setup`'
  }
  try {
    structuredClone(endpoints)
    return undefined
  } catch (error) {
    return `returned endpoints that cannot be sent to workers (${messageOf(error)}); they must be plain data`
  }
}

/** Ends compute, also such that is still being set up; tells what went wrong. */
export async function disposalProblem(setUp: Promise<ModelCompute>): Promise<string | undefined> {
  let compute: ModelCompute
  try {
    compute = await setUp
  } catch {
    // It never came up, and whoever asked for it knows.
    return undefined
  }
  try {
    await compute.dispose()
    return undefined
  } catch (error) {
    return `could not end its compute: ${messageOf(error)}`
  }
}
