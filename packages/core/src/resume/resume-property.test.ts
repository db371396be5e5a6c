import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsInstead } from '../record/counts-instead.ts'
import type { SampleRecord } from '../record/record.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { scorerFingerprint } from '../scoring/scorer-fingerprint.ts'
import { keyOf } from '../summary/result-set.ts'
import { makeRecord } from '../testing/make-entry.ts'
import { EvalHistory } from './eval-history.ts'
import { planResume, type PlannedRepetition, type ResumePlan } from './plan-resume.ts'
import type { ResumeMode } from './resume-mode.ts'

const rowHashes = ['0000000000000000', '1111111111111111'] as const
const error = { name: 'Error', message: 'no' }
const allScorers: readonly Scorer[] = ['one', 'two'].flatMap((name) =>
  ['1', '2'].map((version) => ({ name, version, score: () => 1 })),
)

/** One scorer's mark in a record: not there, failed, or of one of two versions. */
const mark = fc.constantFrom('none', 'failed', '1', '2')

const record: fc.Arbitrary<SampleRecord> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c'),
    epoch: fc.nat(1),
    revision: fc.constantFrom(0, 0, 0, 1),
    rowHash: fc.constantFrom(...rowHashes),
    outcome: fc.constantFrom('scored', 'scored', 'error', 'timeout', 'cancelled', 'answered'),
    hasOutput: fc.boolean(),
    marks: fc.tuple(mark, mark),
    own: fc.constantFrom(false, false, true),
  })
  .map(({ hasOutput, marks, own, ...parts }) => {
    const isScored = parts.outcome === 'scored' || (parts.outcome === 'cancelled' && hasOutput)
    const scores: Record<string, SampleRecord['scores'][string]> = own ? { own: { value: 1 } } : {}
    const scorers: Record<string, string> = {}
    for (const [index, version] of (isScored ? marks : []).entries()) {
      const name = ['one', 'two'][index]!
      if (version === 'failed') scores[name] = { value: null, error }
      else if (version !== 'none') {
        scores[name] = { value: 1 }
        scorers[name] = scorerFingerprint(
          allScorers.find((scorer) => scorer.name === name && scorer.version === version)!,
        )
      }
    }
    const { output: _output, ...made } = makeRecord({ ...parts, scores, scorers })
    const answers =
      parts.outcome === 'answered' || (hasOutput && parts.outcome !== 'error' && parts.outcome !== 'timeout')
    return answers ? { ...made, output: 'x' } : made
  })

const scene = fc.record({
  records: fc.array(record, { maxLength: 20 }),
  mode: fc.constantFrom<ResumeMode>('auto', 'missing', 'force', 'restart'),
  scorers: fc
    .subarray(['one', 'two'])
    .chain((names) =>
      fc.tuple(...names.map((name) => fc.constantFrom(...allScorers.filter((scorer) => scorer.name === name)))),
    ),
  planned: fc.subarray(
    ['a', 'b', 'c', 'd'].flatMap((id) =>
      [0, 1].map((epoch): PlannedRepetition => ({
        sample: { id, rowHash: rowHashes[0] },
        epoch,
      })),
    ),
  ),
})

function plan(
  records: readonly SampleRecord[],
  { mode, scorers, planned }: Pick<Scene, 'mode' | 'scorers' | 'planned'>,
): ResumePlan {
  const history = new EvalHistory()
  for (const one of records) history.add(one)
  return planResume({ mode, eval: 'e', variant: {}, planned, scorers, history, task: {} })
}

type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never

/** Those of the newest revision that are a planned repetition's own. */
function recordsOf(records: readonly SampleRecord[], { sample, epoch }: PlannedRepetition): SampleRecord[] {
  const newest = Math.max(0, ...records.map(({ revision }) => revision))
  return records.filter((one) => one.id === sample.id && one.epoch === epoch && one.revision === newest)
}

/** What a run writes that does what the plan says, and in which everything succeeds. */
function carryOut({ decide, revision }: ResumePlan, { planned, scorers }: Scene): SampleRecord[] {
  return planned.flatMap((repetition) => {
    if (decide(repetition).action === 'keep') return []
    const { sample, epoch } = repetition
    const fingerprints = Object.fromEntries(scorers.map((scorer) => [scorer.name, scorerFingerprint(scorer)]))
    const scores = Object.fromEntries(scorers.map(({ name }) => [name, { value: 1 }]))
    return [makeRecord({ ...sample, epoch, revision, scores, scorers: fingerprints })]
  })
}

test('property: what is scored as wanted is kept, and stored answers are not asked for again', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { records, mode, planned, scorers } = given
      fc.pre(mode !== 'restart')
      const { decide } = plan(records, given)
      for (const repetition of planned) {
        const own = recordsOf(records, repetition)
        const counting = own.reduce<SampleRecord | undefined>(
          (before, one) => (countsInstead(one, before) ? one : before),
          undefined,
        )
        const decision = decide(repetition)
        const isWanted =
          counting?.outcome === 'scored' &&
          counting.rowHash === repetition.sample.rowHash &&
          scorers.every((scorer) => counting.scorers?.[scorer.name] === scorerFingerprint(scorer))
        if (isWanted) expect(decision).toEqual({ action: 'keep' })
        const answer = own.findLast((one) => 'output' in one)
        const judgedByTask = answer !== undefined && 'own' in answer.scores
        const mayBeAsked = answer === undefined || (answer.rowHash !== repetition.sample.rowHash && judgedByTask)
        if (!mayBeAsked) expect(decision.action).not.toBe('run')
        if (own.length === 0) expect(decision).toEqual({ action: 'run', why: 'new' })
      }
    }),
    { numRuns: 2000 },
  )
})

test('property: after a run that did what was planned, everything planned counts and nothing is left to do', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { records, mode, planned } = given
      const first = plan(records, given)
      const after = [...records, ...carryOut(first, given)]
      const again = plan(after, { ...given, mode: mode === 'restart' ? 'auto' : mode })
      expect(again.counts).toEqual({ keep: planned.length, score: 0, run: 0 })
      expect([...again.results.values()].map(keyOf).toSorted()).toEqual(
        planned.map(({ sample, epoch }) => keyOf({ id: sample.id, epoch })).toSorted(),
      )
      if (mode !== 'missing') {
        expect([...again.results.values()].every(({ outcome }) => outcome === 'scored')).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test('property: a torn run changes nothing of what it did not write', () => {
  fc.assert(
    fc.property(scene, fc.nat(8), (given, written) => {
      fc.pre(given.mode !== 'restart')
      const first = plan(given.records, given)
      const done = carryOut(first, given).slice(0, written)
      const again = plan([...given.records, ...done], given)
      const keys = new Set(done.map(keyOf))
      for (const repetition of given.planned) {
        const isDone = keys.has(keyOf({ id: repetition.sample.id, epoch: repetition.epoch }))
        expect(again.decide(repetition)).toEqual(isDone ? { action: 'keep' } : first.decide(repetition))
      }
    }),
    { numRuns: 2000 },
  )
})
