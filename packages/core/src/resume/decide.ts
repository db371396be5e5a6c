import type { SampleHistory } from './eval-history.ts'
import type { ResumeMode } from './resume-mode.ts'
import type { StoredState } from './stored-state.ts'

/** Why a sample's task runs. `relabelled`: the row changed, and the task itself judged the answer to the old one. */
export type RunReason = 'new' | 'error' | 'timeout' | 'cancelled' | 'relabelled' | 'restart'

/**
 * Why a stored output is scored. `unscored`: its scoring never came to an end; `relabelled`: its row changed; `scorers`:
 * some have failed, were added, or have changed; `verdict`: only whether it passes is to be told anew.
 */
export type ScoreReason = 'unscored' | 'relabelled' | 'scorers' | 'verdict'

/** What is to be done for one sample and epoch. */
export type Decision =
  /** Nothing: its recorded state counts. */
  | { readonly action: 'keep' }
  /** Run these scorers on the stored output; the task is not called. */
  | { readonly action: 'score'; readonly scorers: readonly string[]; readonly why: ScoreReason }
  /** Run the task. */
  | { readonly action: 'run'; readonly why: RunReason }

/** A planned sample as resuming sees it. */
export interface DecisionFacts {
  readonly mode: ResumeMode
  /** Of the planned row. */
  readonly rowHash: string
  /** Name → fingerprint of the eval's scorers. */
  readonly scorers: Readonly<Record<string, string>>
  readonly history: SampleHistory | undefined
  /** Whether the verdict of the counting record, a scored one, is still right. */
  verdictHolds(): boolean
}

const keep: Decision = { action: 'keep' }

/** Decides what is to be done for one sample. */
export function decide({ mode, rowHash, scorers, history, verdictHolds }: DecisionFacts): Decision {
  if (mode === 'restart') return run('restart')
  if (history === undefined) return run('new')
  const { counting, answer } = history
  const { outcome } = counting.facts
  const leavesErrors = mode === 'missing'
  if (leavesErrors && (outcome === 'error' || outcome === 'timeout')) return keep
  if (outcome === 'scored' && isFinished(counting, { rowHash, scorers, leavesErrors })) {
    if (verdictHolds()) return keep
    if (answer === undefined) return { action: 'score', scorers: [], why: 'verdict' }
  }
  if (answer === undefined) {
    // An `answered` record without an output would be one of another program.
    if (outcome === 'answered') return run('cancelled')
    return run(outcome === 'scored' ? 'relabelled' : outcome)
  }
  const relabelled = answer.rowHash !== rowHash
  if (relabelled && answer.facts.scoredByTask) return run('relabelled')
  const pending = pendingScorers(answer, { rowHash, scorers, leavesErrors })
  return { action: 'score', scorers: pending, why: relabelled ? 'relabelled' : scoreReason(answer, pending) }
}

function scoreReason({ facts }: StoredState, pending: readonly string[]): ScoreReason {
  if (facts.outcome !== 'scored') return 'unscored'
  return pending.length === 0 ? 'verdict' : 'scorers'
}

interface Wanted extends Pick<DecisionFacts, 'rowHash' | 'scorers'> {
  readonly leavesErrors: boolean
}

function isFinished(state: StoredState, wanted: Wanted): boolean {
  return state.rowHash === wanted.rowHash && pendingScorers(state, wanted).length === 0
}

/** The scorers that have yet to judge a stored output, or to judge it again. */
function pendingScorers({ rowHash: judgedRow, facts }: StoredState, wanted: Wanted): string[] {
  const { rowHash, scorers, leavesErrors } = wanted
  const names = Object.keys(scorers)
  if (!facts.hasOutput || facts.assertionFailed) return []
  if (judgedRow !== rowHash) return names
  return names.filter((name) => {
    const known = facts.judged.get(name)
    if (known === undefined) return !(leavesErrors && facts.failed.includes(name))
    return known !== '' && known !== scorers[name]
  })
}

function run(why: RunReason): Decision {
  return { action: 'run', why }
}
