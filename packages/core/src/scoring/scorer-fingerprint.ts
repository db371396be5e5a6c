import { canonicalHash } from '../stored-value/canonical-hash.ts'
import type { Scorer } from './scorer.ts'

const fingerprints = new WeakMap<Scorer, string>()

/**
 * What a scorer is, in 16 hex digits: its `version` if it has one, else its members, functions by their text. Its own
 * metrics do not count, which look at scores that are there.
 */
export function scorerFingerprint(scorer: Scorer): string {
  const { version } = scorer
  // Not kept: it may tell a model's name, and a later run may give the role to another model.
  if (version !== undefined) return canonicalHash(version).slice(0, 16)
  let fingerprint = fingerprints.get(scorer)
  if (fingerprint === undefined) {
    fingerprint = canonicalHash(definitionOf(scorer)).slice(0, 16)
    fingerprints.set(scorer, fingerprint)
  }
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
