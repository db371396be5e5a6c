/** What makes an eval's answers: stored answers are good for as long as it stays the same. Absent parts are not known. */
export interface TaskFingerprint {
  /** The eval's own `version`, else a hash of the code its task can reach. */
  readonly task?: string
  /** The files that the code is in, each with a short hash of what counts of it. Absent with a `version` or many files. */
  readonly files?: Readonly<Record<string, string>>
  /** What answers, as a text that people can compare: role or name → such as `openai:gpt-5-mini temperature=0`. */
  readonly models?: Readonly<Record<string, string>>
}

/** What an eval was when its samples were recorded, as `experiment.json` keeps it. */
export interface EvalFingerprint extends TaskFingerprint {
  /** The revision whose records it tells of. */
  readonly revision: number
  /** Scorer → fingerprint. */
  readonly scorers: Readonly<Record<string, string>>
  /** What had changed of task and models when runs went on by `force`: the answers are of both. Absent where nothing had. */
  readonly forced?: readonly string[]
}

/** What makes the answers differ between two fingerprints, in words; empty where nothing is known to differ. */
export function taskChanges(before: TaskFingerprint, now: TaskFingerprint): string[] {
  const changes: string[] = []
  if (before.task !== undefined && now.task !== undefined && before.task !== now.task) {
    changes.push(`the task (${changedFiles(before.files, now.files) || `${before.task} → ${now.task}`})`)
  }
  const { models: old = {} } = before
  for (const [name, model] of Object.entries(now.models ?? {})) {
    const was = Object.hasOwn(old, name) ? old[name] : undefined
    if (was !== undefined && was !== model) changes.push(`the model "${name}" (${was} → ${model})`)
  }
  return changes
}

const shownFiles = 5

/** Empty where it is not known. */
function changedFiles(before: TaskFingerprint['files'], now: TaskFingerprint['files']): string {
  if (before === undefined || now === undefined) return ''
  const changes = [...new Set([...Object.keys(now), ...Object.keys(before)])].flatMap((file) => {
    if (before[file] === now[file]) return []
    return [`${file} ${before[file] === undefined ? 'added' : now[file] === undefined ? 'left out' : 'changed'}`]
  })
  const more = changes.length - shownFiles
  return [...changes.slice(0, shownFiles), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
