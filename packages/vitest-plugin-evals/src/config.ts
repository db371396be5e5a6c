export { evals, evalsProject, type EvalsProjectOptions } from './plugin.ts'
export type { EvalsOptions, RunOptions } from './options.ts'
