/** Gives each key to one holder at a time, across all who share it. */
export interface Leases {
  /**
   * Waits until nobody else holds `key`, then holds it; those who wait get it in the order in which they asked.
   * @returns gives it back; to be called once
   * @throws the signal's reason when it aborts, and then holds nothing
   */
  acquire(key: string, options: { readonly signal: AbortSignal }): Promise<() => void>
}
