/** What makes an eval's answers: stored answers are good for as long as it stays the same. Absent parts are not known. */
export interface TaskFingerprint {
  /** The eval's own `version`, else a hash of the code its task can reach. */
  readonly task?: string
  /** What answers, as a text that people can compare: role or name → such as `openai:gpt-5-mini temperature=0`. */
  readonly models?: Readonly<Record<string, string>>
}

/** What an eval was when its samples were recorded, as `experiment.json` keeps it. */
export interface EvalFingerprint extends TaskFingerprint {
  /** The revision whose records it tells of. */
  readonly revision: number
  /** Scorer → fingerprint. */
  readonly scorers: Readonly<Record<string, string>>
}

/** What makes the answers differ between two fingerprints, in words; empty where nothing is known to differ. */
export function taskChanges(before: TaskFingerprint, now: TaskFingerprint): string[] {
  const changes: string[] = []
  if (before.task !== undefined && now.task !== undefined && before.task !== now.task) {
    changes.push(`the task (${before.task} → ${now.task})`)
  }
  const { models: old = {} } = before
  for (const [name, model] of Object.entries(now.models ?? {})) {
    const was = Object.hasOwn(old, name) ? old[name] : undefined
    if (was !== undefined && was !== model) changes.push(`the model "${name}" (${was} → ${model})`)
  }
  return changes
}
