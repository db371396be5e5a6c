/** What one check found. */
export interface Finding {
  readonly check: string
  /** `warning`: some evals need it; `problem`: none can run, or results cannot be kept. */
  readonly state: 'ok' | 'warning' | 'problem'
  readonly message: string
  /** What to do; absent where there is nothing to. */
  readonly next?: string
}
