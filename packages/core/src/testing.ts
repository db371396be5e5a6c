export { experimentStoreContract, type ContractCase } from './testing/experiment-store-contract.ts'
