import { defineModelProvider, EvalsError, type ModelCompute, type ModelProvider } from '@evals/core'

/** What a test provider is told to do. */
export interface TestSpec {
  readonly name: string
  /** Resolves or rejects the set-up when it is called; by name in {@link calls}. */
  readonly waits?: boolean
  readonly fails?: 'evals' | 'plain'
  readonly disposal?: 'fails' | 'hangs'
  readonly returns?: 'nothing' | 'no endpoints' | 'no address' | 'a function'
}

/** What happened to the specs, in order. */
export const calls: string[] = []
/** Ends the set-up of a spec that `waits`, by name. */
export const goOn: Map<string, () => void> = new Map()

function setUp({ name, returns, disposal }: TestSpec): ModelCompute {
  const baseURL = `http://${name}`
  const dispose = async (): Promise<void> => {
    calls.push(`end ${name}`)
    if (disposal === 'fails') throw new TypeError('the cloud is down')
    if (disposal === 'hangs') await new Promise(() => {})
  }
  const returned: Record<NonNullable<TestSpec['returns']>, unknown> = {
    nothing: undefined,
    'no endpoints': { endpoints: [], dispose },
    'no address': { endpoints: [{}], dispose },
    'a function': { endpoints: [{ baseURL, run: () => {} }], dispose },
  }
  return returns === undefined ? { endpoints: [{ baseURL }], dispose } : (returned[returns] as ModelCompute)
}

export const provider: ModelProvider<TestSpec> = defineModelProvider<TestSpec>({
  name: 'test',
  module: import.meta.url,
  async setup(spec, { signal, log }) {
    calls.push(`begin ${spec.name}`)
    log(`starting ${spec.name}`)
    if (spec.waits === true) {
      await new Promise<void>((resolve, reject) => {
        goOn.set(spec.name, resolve)
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }
    if (spec.fails === 'evals') throw new EvalsError('EVALS_PROVIDER_FAILED', 'no GPU', { details: { log: ['a'] } })
    if (spec.fails === 'plain') throw new RangeError('no GPU')
    return setUp(spec)
  },
  connect: () => {
    throw new EvalsError('EVALS_PROVIDER_FAILED', 'nobody connects here')
  },
})
