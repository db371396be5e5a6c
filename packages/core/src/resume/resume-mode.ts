/**
 * What becomes of the records an experiment has already. `auto`: what is scored is skipped, errors and failed scorers are
 * done again. `missing`: errors and failed scorers are left as they are. `never`: the name must be new. `restart`: all is
 * done again in a new revision, and older ones count no more. `force`: as `auto`, though task or models have changed.
 */
export type ResumeMode = 'auto' | 'missing' | 'never' | 'restart' | 'force'
