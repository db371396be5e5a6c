/** How an eval differs from what its experiment holds of it; ids are those of samples, each once, in planned order. */
export interface Drift {
  /** Without any record: rows that were added, or that no run has reached yet. */
  readonly added: readonly string[]
  /** Recorded, but not planned any more: they leave the totals and stay in the records. */
  readonly removed: readonly string[]
  /**
   * Whose row changed: their stored outputs are scored again, or run again where the input changed or the task itself gave a
   * score.
   */
  readonly relabelled: readonly string[]
  readonly scorers: readonly ScorerDrift[]
  /** What else changed, in words: task and models. Only `force` and `restart` go on in spite of it. */
  readonly task: readonly string[]
}

/** A scorer that is not what it was. */
export interface ScorerDrift {
  readonly name: string
  readonly change: 'added' | 'changed' | 'removed'
}

/** How scorers differ from those of earlier runs. */
export function scorerDrift(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): ScorerDrift[] {
  const added = Object.keys(now).filter((name) => !Object.hasOwn(before, name))
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(now, name))
  const changed = Object.keys(now).filter((name) => Object.hasOwn(before, name) && before[name] !== now[name])
  return [
    ...added.map((name) => ({ name, change: 'added' as const })),
    ...changed.map((name) => ({ name, change: 'changed' as const })),
    ...removed.map((name) => ({ name, change: 'removed' as const })),
  ]
}

/** The drift in lines for people, each kind with at most `shown` ids; empty where there is none. */
export function describeDrift({ added, removed, relabelled, scorers, task }: Drift, shown = 5): string[] {
  const list = (ids: readonly string[]): string => {
    const rest = ids.length - shown
    return ids.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  }
  const line = (ids: readonly string[], what: string): string[] =>
    ids.length === 0 ? [] : [`${ids.length} ${what}: ${list(ids)}`]
  return [
    ...line(added, 'without a record, added or not reached yet'),
    ...line(removed, 'not planned any more, left out of the totals'),
    ...line(relabelled, 'with a changed row, judged again, or run where the input changed'),
    ...scorers.map(({ name, change }) => `scorer ${change}: ${name}`),
    ...task.map((change) => `changed: ${change}`),
  ]
}
