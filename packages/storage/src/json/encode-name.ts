import { createHash } from 'node:crypto'
import { assertExperimentName } from '../experiment-name.ts'

const longest = 100

/**
 * The folder name of an experiment: `a-z 0-9 . _ -` stay, every other byte of its UTF-8 is `%XX` (so is a dot at the
 * end), and a name that gets too long for a file system is cut and ends in a hash. No two names share a folder, also
 * where upper and lower case are the same, and none leaves its parent.
 * @throws EvalsError `EVALS_EXPERIMENT_NAME_INVALID` for an empty name or half of a surrogate pair
 */
export function encodeName(experiment: string): string {
  assertExperimentName(experiment)
  // `.` and `..` mean other folders, and Windows drops a last dot.
  const encoded = [...Buffer.from(experiment, 'utf8')].map(encodeByte).join('').replace(/\.$/, '%2E')
  if (encoded.length <= longest) return encoded
  // `%~` never comes out of encoding, so a cut name equals no other name's folder.
  return `${encoded.slice(0, longest - 34)}%~${createHash('sha256').update(experiment).digest('hex').slice(0, 32)}`
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte)
  return /[a-z0-9._-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
