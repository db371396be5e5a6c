/** By which method a worker asks for the endpoints of a model provider. */
export const endpointsMethod = 'endpoints'

/** What a worker sends to get endpoints: a provider by where it is exported, since functions do not travel. */
export interface EndpointsMessage {
  readonly provider: string
  /** URL of the module that exports the provider. */
  readonly module: string
  readonly spec: unknown
}
