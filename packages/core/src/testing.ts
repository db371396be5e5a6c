export {
  experimentStoreContract,
  type ContractCase,
  type OpenStore,
  type StoreCase,
} from './testing/experiment-store-contract.ts'
export type { ChildStores } from './testing/experiment-store-processes.ts'
export { languageModelContract } from './testing/language-model-contract.ts'
export { leasesContract, type OpenLeases } from './testing/leases-contract.ts'
export { makeDocument, makeEntry, makeRecord, makeRun } from './testing/make-entry.ts'
export { ManualClock } from './testing/manual-clock.ts'
export type {
  ModelCapability,
  ModelSetting,
  RecordingServer,
  SentParameters,
  ServerStats,
  SimulatedServer,
} from './testing/model-contract-run.ts'
export { responseCacheContract, type OpenResponseCache } from './testing/response-cache-contract.ts'
export { unlimited } from './testing/unlimited.ts'
export { limiterContract, type OpenLimiter } from './testing/limiter-contract.ts'
