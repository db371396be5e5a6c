import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { describeParts, fingerprintsOfParts, readParts, scoreParts, type ScorerPart } from './parts.ts'

/** A scorer whose value is the least of its parts (`all`), or the greatest (`any`). */
export function extremeScorer(factory: 'all' | 'any', scorers: readonly ScorerPart[], options: ScorerOptions): Scorer {
  checkOptions(factory, options, {})
  const { name = factory } = options
  const parts = readParts(name, scorers)
  const extreme = factory === 'all' ? Math.min : Math.max
  return {
    name,
    get version() {
      return optionsVersion([factory, fingerprintsOfParts(parts)], options)
    },
    kind: parts.every(({ scorer }) => scorer.kind === 'binary') ? 'binary' : 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: parts.some(({ scorer }) => scorer.needsExpected === true),
    async score(sample) {
      const scores = await scoreParts(name, parts, sample)
      const values = scores.map(({ value }) => value)
      const scored = values.filter((value) => value !== null)
      return { value: scored.length < values.length ? null : extreme(...scored), ...describeParts(scores) }
    },
  }
}
