/** What tells whether somebody asked for evals. */
export interface Invocation {
  /** The process's arguments, with `--` and what follows. */
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Names given to `--project`, where Vitest shows them (5.1 and later). */
  readonly projects: readonly string[]
}

/**
 * Evals cost money, so they run only when asked for: `--project` names the project, an eval file is a filter,
 * `EVALS=1`, or reports are merged, which runs nothing.
 */
export function isAskedFor(project: string, { argv, environment, projects }: Invocation): boolean {
  const evals = environment['EVALS'] ?? ''
  if (evals !== '' && evals !== '0' && evals !== 'false') return true
  const own = vitestArguments(argv)
  if (own.some((argument) => /^--merge-?reports/i.test(argument))) return true
  if (own.some((argument) => !argument.startsWith('-') && /\.eval(\.[cm]?[jt]sx?)?(:\d+)?$/.test(argument))) return true
  return [...projects, ...projectArguments(own)].some((pattern) => matches(pattern, project))
}

/** `--project` names this project and no other, so that Vitest would drop any other project anyway. */
export function isOnlyAskedFor(project: string, { argv, projects }: Invocation): boolean {
  const patterns = [...projects, ...projectArguments(vitestArguments(argv))]
  return patterns.length > 0 && patterns.every((pattern) => pattern === project)
}

function vitestArguments(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

function projectArguments(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const [, inline] = /^(?:--project|-p)=(.+)$/.exec(argument) ?? []
    if (inline !== undefined) return [inline]
    return argument === '--project' || argument === '-p' ? argv.slice(index + 1, index + 2) : []
  })
}

/** `!unit` matches every other project, but asks for none. */
function matches(pattern: string, project: string): boolean {
  if (pattern.startsWith('!')) return false
  const source = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${source.join('.*')}$`).test(project)
}
