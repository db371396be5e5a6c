import type { Sample } from '../dataset/sample.ts'
import { evalKey } from '../record/eval-key.ts'
import type { Variant } from '../record/record.ts'
import type { PassWhen } from '../sample/judge-sample.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { fingerprintsOf } from '../scoring/scorer-fingerprint.ts'
import { keyOf, type ResultSet } from '../summary/result-set.ts'
import { decide, type Decision } from './decide.ts'
import { scorerDrift, type Drift } from './drift.ts'
import { taskChanges, type EvalFingerprint, type TaskFingerprint } from './eval-fingerprint.ts'
import { EvalHistory } from './eval-history.ts'
import { experimentDrifted } from './resume-errors.ts'
import type { ResumeMode } from './resume-mode.ts'
import { verdictHolds } from './verdict-holds.ts'

/** One planned repetition of a sample. */
export interface PlannedRepetition {
  readonly sample: Pick<Sample, 'id' | 'rowHash'>
  readonly epoch: number
}

/** One eval and variant that goes on, or begins. */
export interface ResumeRequest {
  readonly mode: ResumeMode
  readonly eval: string
  readonly variant: Variant
  readonly planned: readonly PlannedRepetition[]
  readonly scorers: readonly Scorer[]
  /** Says of stored scores, too, whether a sample passed. Default: every scored sample passes. */
  readonly passWhen?: PassWhen | undefined
  /** Everything planned runs, whatever is decided, so that no answer of an earlier task is left. Default false. */
  readonly rerun?: boolean | undefined
  /** What is stored; what is not planned is dropped from its results. Default: nothing. */
  readonly history?: EvalHistory | undefined
  /** What `experiment.json` says the eval was. Default: not known. */
  readonly before?: EvalFingerprint | undefined
  /** What the eval is now. */
  readonly task: TaskFingerprint
}

/** An eval and variant whose planned samples are not all known yet. */
export interface BegunResume extends Pick<ResumePlan, 'decide'> {
  /** Completes the plan. */
  plan(planned: readonly PlannedRepetition[]): ResumePlan
}

/** What is to be done with the samples of one eval and variant. */
export interface ResumePlan {
  /** Goes into new records. */
  readonly revision: number
  /** What counts of earlier runs, without the scores of `removedScorers`; new results are added to it. */
  readonly results: ResultSet
  /** Scorers that the eval has no longer: their scores stay in the records and leave the figures. */
  readonly removedScorers: readonly string[]
  /** Goes into `experiment.json`, before the first sample starts. */
  readonly fingerprint: EvalFingerprint
  /** How the eval differs from what is stored; absent where nothing is. */
  readonly drift?: Drift
  /** Keys (see `keyOf`) of what has a stored output to score, in planned order: what `StoredAnswers` is to read. */
  readonly toScore: readonly string[]
  /** How many planned repetitions keep their recorded state, are scored, run. */
  readonly counts: Readonly<Record<Decision['action'], number>>
  /** What is to be done for one planned repetition. */
  decide(planned: PlannedRepetition): Decision
}

/**
 * Plans how an eval goes on.
 * @throws EvalsError `EVALS_EXPERIMENT_DRIFTED` if task or models changed and the mode is neither `force` nor `restart`
 */
export function planResume({ planned, ...request }: ResumeRequest): ResumePlan {
  return beginResume(request).plan(planned)
}

/**
 * The first half of `planResume`, for who reads samples one by one: what is kept need not be held in memory.
 * @throws EvalsError `EVALS_EXPERIMENT_DRIFTED`
 */
export function beginResume(request: Omit<ResumeRequest, 'planned'>): BegunResume {
  const { mode, task, before, passWhen, rerun = false } = request
  const scorers = fingerprintsOf(request.scorers)
  const stored = storedHistory(request)
  const known = before?.revision === stored.revision ? before : undefined
  const recorded = stored.results.size
  const changes = known === undefined || recorded === 0 ? [] : taskChanges(known, task)
  if (changes.length > 0 && mode !== 'force' && mode !== 'restart') {
    throw experimentDrifted(evalKey(request.eval, request.variant), changes, recorded)
  }
  const begun = mode === 'restart' && recorded > 0 ? new EvalHistory(stored.results.newestRevision + 1) : stored
  // Before anything is decided: what they failed with fails no sample any more.
  const removedScorers = begun.formerScorers(scorers, known?.scorers)
  begun.results.leaveOutScorers(removedScorers)
  const decideFor = ({ sample, epoch }: PlannedRepetition): Decision => {
    const key = { id: sample.id, epoch }
    const counting = stored.results.get(key)
    return decide({
      mode,
      rowHash: sample.rowHash,
      scorers,
      history: stored.get(key),
      verdictHolds: () => counting === undefined || verdictHolds(counting, passWhen),
    })
  }
  return {
    decide: decideFor,
    plan(planned) {
      const { drift, ...left } = review(planned, { stored, decide: decideFor })
      const changed = known === undefined ? [] : scorerDrift(known.scorers, scorers)
      const { keep, score } = left.counts
      const forced = rerun || keep + score === 0 ? [] : [...(known?.forced ?? []), ...changes]
      return {
        revision: begun.revision,
        results: begun.results,
        removedScorers,
        fingerprint: {
          ...task,
          revision: begun.revision,
          scorers,
          ...(forced.length === 0 ? {} : { forced: [...new Set(forced)] }),
        },
        ...(recorded === 0 ? {} : { drift: { ...drift, scorers: changed, task: changes } }),
        ...left,
        decide: decideFor,
      }
    },
  }
}

/** Goes through what is planned, and drops the results of what is not. */
function review(
  planned: readonly PlannedRepetition[],
  { stored, decide: decideFor }: { readonly stored: EvalHistory } & Pick<ResumePlan, 'decide'>,
): Pick<ResumePlan, 'counts' | 'toScore'> & { readonly drift: Omit<Drift, 'scorers' | 'task'> } {
  const removed = stored.results.retain(new Set(planned.map(keyOfPlanned)))
  const counts = { keep: 0, score: 0, run: 0 }
  const toScore: string[] = []
  const added = new Set<string>()
  const relabelled = new Set<string>()
  for (const repetition of planned) {
    const { sample, epoch } = repetition
    const { action } = decideFor(repetition)
    counts[action] += 1
    if (action === 'score') toScore.push(keyOfPlanned(repetition))
    const history = stored.get({ id: sample.id, epoch })
    if (history === undefined) added.add(sample.id)
    else if (history.counting.rowHash !== sample.rowHash) relabelled.add(sample.id)
  }
  return { counts, toScore, drift: { added: [...added], removed, relabelled: [...relabelled] } }
}

/** The document may know of a revision that was begun before any record of it was written. */
function storedHistory({ history, before }: Pick<ResumeRequest, 'history' | 'before'>): EvalHistory {
  const revision = before?.revision ?? 0
  return history === undefined || history.revision < revision ? new EvalHistory(revision) : history
}

function keyOfPlanned({ sample, epoch }: PlannedRepetition): string {
  return keyOf({ id: sample.id, epoch })
}
