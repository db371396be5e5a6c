export { experimentStoreContract, type ContractCase, type OpenStore } from './testing/experiment-store-contract.ts'
export { makeDocument, makeEntry, makeRecord, makeRun } from './testing/make-entry.ts'
export { ManualClock } from './testing/manual-clock.ts'
