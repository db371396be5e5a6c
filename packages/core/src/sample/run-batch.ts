import type { Clock } from '../clock.ts'
import type { Sample } from '../dataset/sample.ts'
import { EvalsError, type EvalsErrorCode } from '../errors.ts'
import { BatchScope } from './batch-scope.ts'
import { isCausedBy } from './caused-by.ts'
import type { SignalSource } from './late-abort-controller.ts'
import { onAbort } from '../on-abort.ts'
import { withSampleScope } from './current-sample.ts'
import type { SampleScope } from './sample-scope.ts'

/** One attempt at a sample, as part of a batch. */
export interface BatchMember<Seat> {
  readonly sample: Sample
  readonly scope: SampleScope
  /** Aborts when the attempt is over. */
  readonly aborts: SignalSource
  /** What the task needs besides. */
  readonly seat: Seat
}

/** What a batch gathers, and until when it is wanted. */
export interface BatchSetting {
  readonly scope: SampleScope
  readonly aborts: SignalSource
}

/** The user's task for several samples: a list with an output for each. */
export type BatchTask<Seat> = (members: readonly BatchMember<Seat>[], setting: BatchSetting) => unknown

/** What each row would meet again. */
const hopeless: readonly EvalsErrorCode[] = [
  'EVALS_BUDGET_SPENT',
  'EVALS_PRICE_UNKNOWN',
  'EVALS_MODEL_CAPABILITY_MISSING',
  'EVALS_MODEL_KEY_INVALID',
  'EVALS_MODEL_KEY_MISSING',
  'EVALS_MODEL_KEY_REFUSED',
  'EVALS_MODEL_QUOTA_SPENT',
  'EVALS_MODEL_SDK_MISSING',
  'EVALS_MODEL_UNKNOWN',
  'EVALS_PROVIDER_UNKNOWN',
]

/**
 * Runs samples in one call of the task. Where that fails, each of them that is still wanted runs alone, once: one row
 * may have spoilt it for the others.
 * @returns each member's output
 */
export function runBatch<Seat>(
  members: readonly BatchMember<Seat>[],
  task: BatchTask<Seat>,
  clock: Clock,
): Promise<unknown>[] {
  const [first] = members
  if (members.length === 1 && first !== undefined) return [runAlone(first, task)]
  const outputs = runTogether(members, task, clock)
  return members.map(async (member, index) => {
    try {
      return (await outputs)[index]
    } catch (error) {
      if (member.aborts.signal.aborted || isCausedBy(error, hopeless)) throw error
      member.scope.addFailure(error)
      return runAlone(member, task)
    }
  })
}

/** Runs one sample by itself: its calls are its own. */
export async function runAlone<Seat>(member: BatchMember<Seat>, task: BatchTask<Seat>): Promise<unknown> {
  const { scope, aborts } = member
  return withSampleScope(scope, async () => readOutputs(await task([member], { scope, aborts }), 1)[0])
}

async function runTogether<Seat>(
  members: readonly BatchMember<Seat>[],
  task: BatchTask<Seat>,
  clock: Clock,
): Promise<readonly unknown[]> {
  const present = new Set(members.map(({ scope }) => scope))
  const aborts = new AbortController()
  const stops = members.map(({ scope, aborts: { signal } }) =>
    onAbort(signal, () => {
      present.delete(scope)
      if (present.size === 0) aborts.abort(signal.reason)
    }),
  )
  const { group, epoch } = members[0]!.scope
  const scope = new BatchScope(present, { aborts, metadata: {}, clock, group, epoch })
  stops.push(scope.passOnWaits())
  try {
    return await withSampleScope(scope, () =>
      scope.span(`batch of ${members.length}`, async () =>
        readOutputs(await task(members, { scope, aborts }), members.length),
      ),
    )
  } finally {
    for (const stop of stops) stop()
  }
}

function readOutputs(returned: unknown, rows: number): readonly unknown[] {
  if (Array.isArray(returned) && returned.length === rows) return returned
  const outputs = Array.isArray(returned) ? returned.length : undefined
  const got = outputs === undefined ? `a value of type ${typeof returned}` : `a list of ${outputs} outputs`
  throw new EvalsError(
    'EVALS_BATCH_OUTPUTS',
    `The batch's task returned ${got} for ${rows} ${rows === 1 ? 'row' : 'rows'}. Return a list with one output for each row, in the order of the rows.`,
    { details: { rows, ...(outputs === undefined ? {} : { outputs }) } },
  )
}
