import type { StoredError, Variant } from '../record/record.ts'

/** An eval that could not be declared, so that nobody knows its samples: its dataset cannot be read, an option is wrong. */
export interface UndeclaredEval {
  /** As in a record. */
  readonly eval: string
  /** Empty without variants, and where none of them could be declared. */
  readonly variant: Variant
  readonly error: Pick<StoredError, 'name' | 'code' | 'message'>
}

/** Which evals a run came upon. */
export interface TriedEvals {
  /** Names of those that could be declared. */
  readonly declared: Iterable<string>
  readonly undeclared: readonly UndeclaredEval[]
}

/**
 * The evals that cannot be declared, after a run that came upon some: what was known before stands for files of which it
 * came upon none.
 */
export function nextUndeclared(
  before: readonly UndeclaredEval[] = [],
  { declared, undeclared }: TriedEvals,
): UndeclaredEval[] {
  const tried = new Set([...declared, ...undeclared.map(({ eval: name }) => name)].map(fileOf))
  return [...before.filter(({ eval: name }) => !tried.has(fileOf(name))), ...undeclared]
}

function fileOf(name: string): string | undefined {
  return name.split(' > ')[0]
}
