import type { ExperimentStore } from '../store/experiment-store.ts'

/** One case of a contract suite: give name and body to any test runner. */
export interface ContractCase {
  readonly name: string
  run(): Promise<void>
}

/** What every {@link ExperimentStore} must do. `open` opens the same storage again each time, as a restarted process would. */
export function experimentStoreContract(open: () => Promise<ExperimentStore>): ContractCase[] {
  void open
  return []
}
