import { describe, expect, test } from 'vitest'
import type { SampleRecord } from '../record/record.ts'
import { makeRecord } from '../testing/make-entry.ts'
import { decide, type Decision } from './decide.ts'
import { EvalHistory } from './eval-history.ts'
import type { ResumeMode } from './resume-mode.ts'

const error = { name: 'Error', message: 'no' }
const scorers = { equal: 'equal 1', judge: 'judge 1' }

/** A record of an output that both scorers have judged, changed by `parts`. */
function judged(parts: Partial<SampleRecord> = {}): SampleRecord {
  return makeRecord({ scores: { equal: { value: 1 }, judge: { value: 0.5 } }, scorers, ...parts })
}

function without(record: SampleRecord, field: 'output' | 'scorers'): SampleRecord {
  const { [field]: _left, ...rest } = record
  return rest
}

const failed = without(judged({ outcome: 'error', error, scores: {}, scorers: {} }), 'output')
const answered = judged({ outcome: 'answered', passed: null, scores: {}, scorers: {} })
const judgeFailed = judged({
  passed: null,
  scores: { equal: { value: 1 }, judge: { value: null, error } },
  scorers: { equal: 'equal 1' },
})

function decideOn(
  records: readonly SampleRecord[],
  parts: { mode?: ResumeMode; rowHash?: string; scorers?: Record<string, string>; verdictHolds?: () => boolean } = {},
): Decision {
  const history = new EvalHistory()
  for (const record of records) history.add(record)
  return decide({
    mode: 'auto',
    rowHash: makeRecord().rowHash,
    scorers,
    history: history.get({ id: 'france', epoch: 0 }),
    verdictHolds: () => true,
    ...parts,
  })
}

const keep: Decision = { action: 'keep' }
const run = (why: string): object => ({ action: 'run', why })
const score = (names: readonly string[], why: string): object => ({ action: 'score', scorers: names, why })
const otherVerdict = { verdictHolds: () => false }
const relabelled = { rowHash: 'fedcba9876543210' }

describe('auto', () => {
  test.for<[string, readonly SampleRecord[], Parameters<typeof decideOn>[1], object]>([
    ['nothing stored', [], {}, run('new')],
    ['scored', [judged()], {}, keep],
    ['scored after an error', [failed, judged()], {}, keep],
    ['an error after a score', [judged(), failed], {}, keep],
    ['an error', [failed], {}, run('error')],
    ['a timeout', [{ ...failed, outcome: 'timeout' }], {}, run('timeout')],
    ['cancelled before it answered', [{ ...failed, outcome: 'cancelled' }], {}, run('cancelled')],
    ['answered', [answered], {}, score(['equal', 'judge'], 'unscored')],
    ['answered, then an error', [answered, failed], {}, score(['equal', 'judge'], 'unscored')],
    [
      'cancelled while it was scored',
      [{ ...judgeFailed, outcome: 'cancelled', scores: { equal: { value: 1 } }, error }],
      {},
      score(['judge'], 'unscored'),
    ],
    ['a failed scorer', [judgeFailed], {}, score(['judge'], 'scorers')],
    ['a failed scorer that judges now', [judgeFailed, judged()], {}, keep],
    ['an added scorer', [judged()], { scorers: { ...scorers, third: 'third 1' } }, score(['third'], 'scorers')],
    ['a changed scorer', [judged()], { scorers: { ...scorers, judge: 'judge 2' } }, score(['judge'], 'scorers')],
    ['a removed scorer', [judged()], { scorers: { equal: 'equal 1' } }, keep],
    ['a removed scorer that failed', [judgeFailed], { scorers: { equal: 'equal 1' } }, keep],
    ['an answer without scorers left', [answered], { scorers: {} }, score([], 'unscored')],
    ['a changed row', [judged()], relabelled, score(['equal', 'judge'], 'relabelled')],
    ['a changed row of an error', [failed], relabelled, run('error')],
    [
      'a changed row whose answer the task judged itself',
      [judged({ scores: { own: { value: 1 }, equal: { value: 1 }, judge: { value: 1 } } })],
      relabelled,
      run('relabelled'),
    ],
    ['scored by the task alone', [without(judged({ scores: { own: { value: 1 } }, scorers: {} }), 'output')], {}, keep],
    [
      'a changed row, scored by the task alone',
      [without(judged({ scores: { own: { value: 1 } }, scorers: {} }), 'output')],
      relabelled,
      run('relabelled'),
    ],
    [
      'a failed assertion, which left the scorers out',
      [
        judged({
          passed: false,
          scores: {
            assertions: { value: 0 },
            equal: { value: null, absent: true },
            judge: { value: null, absent: true },
          },
          scorers: {},
        }),
      ],
      {},
      keep,
    ],
    [
      'one judge that gave several scores',
      [
        judged({
          scores: { equal: { value: 1 }, truth: { value: 1, scorer: 'judge' }, tone: { value: 0, scorer: 'judge' } },
        }),
      ],
      {},
      keep,
    ],
    ['scored, with another verdict now', [judged()], otherVerdict, score([], 'verdict')],
    [
      'scored by the task alone, with another verdict now',
      [without(judged({ scores: { own: { value: 1 } }, scorers: {} }), 'output')],
      otherVerdict,
      score([], 'verdict'),
    ],
    ['a failed scorer, with another verdict now', [judgeFailed], otherVerdict, score(['judge'], 'scorers')],
    ['an error, which has no verdict', [failed], otherVerdict, run('error')],
    ['a record of a version that did not write `scorers`', [without(judged(), 'scorers')], {}, keep],
    ['such a record with a failed scorer', [without(judgeFailed, 'scorers')], {}, score(['judge'], 'scorers')],
  ])('%s', ([, records, parts, expected]) => {
    expect(decideOn(records, parts)).toEqual(expected)
  })

  test('`force` decides alike', () => {
    expect(decideOn([judgeFailed], { mode: 'force' })).toEqual(score(['judge'], 'scorers'))
    expect(decideOn([judged()], { mode: 'force' })).toEqual(keep)
  })
})

describe('missing', () => {
  test.for<[string, readonly SampleRecord[], object]>([
    ['nothing stored', [], run('new')],
    ['an error', [failed], keep],
    ['a timeout', [{ ...failed, outcome: 'timeout' }], keep],
    ['a failed scorer', [judgeFailed], keep],
    ['cancelled before it answered', [{ ...failed, outcome: 'cancelled' }], run('cancelled')],
    ['answered', [answered], score(['equal', 'judge'], 'unscored')],
  ])('%s', ([, records, expected]) => {
    expect(decideOn(records, { mode: 'missing' })).toEqual(expected)
  })

  test('an added scorer judges, a failed one is left', () => {
    const wanted = { ...scorers, third: 'third 1' }
    expect(decideOn([judgeFailed], { mode: 'missing', scorers: wanted })).toEqual(score(['third'], 'scorers'))
  })
})

test('restart runs everything', () => {
  expect(decideOn([judged()], { mode: 'restart' })).toEqual(run('restart'))
  expect(decideOn([], { mode: 'restart' })).toEqual(run('restart'))
})

test('an older revision counts no more, whatever order its records come in', () => {
  expect(decideOn([judged(), { ...failed, revision: 1 }, judged()])).toEqual(run('error'))
})
