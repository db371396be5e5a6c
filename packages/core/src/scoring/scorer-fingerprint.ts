import { canonicalHash } from '../stored-value/canonical-hash.ts'
import type { Scorer } from './scorer.ts'

interface Known {
  readonly version: string | undefined
  readonly fingerprint: string
}

/** Every sample asks for them. */
const known = new WeakMap<Scorer, Known>()

/**
 * What a scorer is, in 16 hex digits: its `version` if it has one, else its members, functions by their text. Its own
 * metrics do not count, which look at scores that are there.
 */
export function scorerFingerprint(scorer: Scorer): string {
  const { version } = scorer
  const before = known.get(scorer)
  // A version may tell a model's name, and a later run may give the role to another model.
  if (before !== undefined && before.version === version) return before.fingerprint
  const fingerprint = canonicalHash(version ?? definitionOf(scorer)).slice(0, 16)
  known.set(scorer, { version, fingerprint })
  return fingerprint
}

/** The fingerprints of `scorers` by name. */
export function fingerprintsOf(scorers: readonly Scorer[]): Record<string, string> {
  return Object.fromEntries(scorers.map((scorer) => [scorer.name, scorerFingerprint(scorer)]))
}

function definitionOf(scorer: Scorer): unknown {
  const { metrics: _metrics, ...members } = scorer
  return Object.entries(members).map(([name, member]) => [
    name,
    typeof member === 'function' ? Function.prototype.toString.call(member) : member,
  ])
}
