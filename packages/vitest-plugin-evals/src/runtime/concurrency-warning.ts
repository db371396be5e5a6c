/** How many samples an eval and its worker run at a time, and how many one batch takes. */
export interface WantedConcurrency {
  /** The eval's. */
  readonly own: number
  /** The worker's, which the eval cannot raise. */
  readonly worker: number
  readonly batchSize?: number | undefined
}

/** Where an eval cannot have as many samples in progress as it wants, or not a whole batch of them; else `undefined`. */
export function concurrencyWarning(
  name: string,
  { own, worker, batchSize = 1 }: WantedConcurrency,
): string | undefined {
  const most = Math.min(own, worker)
  const wanted = Math.max(own, batchSize)
  if (wanted <= most) return undefined
  const what = own > worker ? `wants ${own} samples in progress` : `wants batches of ${batchSize} samples`
  const but = own < worker ? `its \`concurrency\` is ${own}. Raise it.` : `a worker runs ${worker}. ${raise(wanted)}`
  return `The eval "${name}" ${what}, but ${but}`
}

function raise(concurrency: number): string {
  return `Raise it for the project: evals({ concurrency: ${concurrency} }), or -- --concurrency ${concurrency}.`
}
