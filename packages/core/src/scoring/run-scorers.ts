import type { Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import type { StoredScore } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { LateAbortController } from '../sample/late-abort-controller.ts'
import { raceDeadline } from '../sample/race-deadline.ts'
import { withAborts } from '../sample/current-sample.ts'
import { setMember } from '../stored-value/stored-form.ts'
import type { WaitClock } from '../sample/wait-clock.ts'
import { readScorerResult } from './read-scorer-result.ts'
import type { Scorer, ScorerInput } from './scorer.ts'

/** How scorers are run. */
export interface ScoringOptions {
  /** Time each scorer may take, in ms; 0: no limit. */
  readonly timeoutMs: number
  readonly clock: Clock
  /** Stands still while the sample can only wait for slots. */
  readonly waits?: WaitClock
  /** Most ms a scorer may wait for slots in all; 0 or absent: no limit. */
  readonly maxWaitMs?: number
  /** The row's columns, for the message of a scorer that misses `expected`. */
  readonly columns?: readonly string[]
  /** Scores there are already; their names are taken. */
  readonly taken?: Readonly<Record<string, StoredScore>>
}

/** What scoring gave: the scores by name, what the scorers threw, and who judged without failing. */
export interface ScoringResult {
  readonly scores: Record<string, StoredScore>
  readonly errors: readonly unknown[]
  readonly judged: readonly Scorer[]
}

/** Runs all scorers on one output, side by side; the failure of one costs no other score. */
export async function runScorers(
  scorers: readonly Scorer[],
  input: ScorerInput,
  options: ScoringOptions,
): Promise<ScoringResult> {
  const judged = await Promise.all(scorers.map((scorer) => judge(scorer, input, options)))
  const scores: Record<string, StoredScore> = { ...options.taken }
  const errors: unknown[] = []
  const failed = new Set<Scorer>()
  const fail = (scorer: Scorer, error: unknown): void => {
    const name = Object.hasOwn(scores, scorer.name) ? `${scorer.name} (2)` : scorer.name
    setMember(scores, name, { value: null, error: toStoredError(error), ...giver(scorer, name) })
    errors.push(error)
    failed.add(scorer)
  }
  for (const [index, result] of judged.entries()) {
    const scorer = scorers[index]!
    if ('error' in result) {
      fail(scorer, result.error)
      continue
    }
    for (const [name, score] of result.scores) {
      if (Object.hasOwn(scores, name)) fail(scorer, duplicate(name, scorer))
      else setMember(scores, name, name === scorer.name ? score : { ...score, ...giver(scorer, name) })
    }
  }
  return { scores, errors, judged: scorers.filter((scorer) => !failed.has(scorer)) }
}

function giver(scorer: Scorer, name: string): Pick<StoredScore, 'scorer'> {
  return name === scorer.name ? {} : { scorer: scorer.name }
}

type Judged = { readonly scores: [string, StoredScore][] } | { readonly error: unknown }

async function judge(scorer: Scorer, input: ScorerInput, options: ScoringOptions): Promise<Judged> {
  if (scorer.needsExpected === true && input.expected === undefined) return { error: expectedMissing(scorer, options) }
  const controller = new LateAbortController()
  const { timeoutMs, clock, waits, maxWaitMs = 0 } = options
  const own: ScorerInput = {
    ...input,
    get signal() {
      return controller.signal
    },
  }
  // The model calls of a scorer that takes too long end with it.
  const result = await raceDeadline(() => withAborts(controller, () => scorer.score(own)), {
    timeoutMs,
    maxWaitMs,
    ...(waits === undefined ? {} : { waits }),
    clock,
    controller,
    signal: input.signal,
  })
  switch (result.ended) {
    case 'threw':
      return { error: result.error }
    case 'cancelled':
      return {
        error: new EvalsError('EVALS_SAMPLE_CANCELLED', `The run was cancelled while "${scorer.name}" was judging.`),
      }
    case 'timeout':
    case 'waited':
      return {
        error: new EvalsError(
          'EVALS_SCORER_TIMEOUT',
          `The scorer "${scorer.name}" took longer than ${timeoutMs} ms. Make it faster, or raise \`sampleTimeout\`.`,
        ),
      }
    case 'returned':
      try {
        return { scores: readScorerResult(result.value, scorer) }
      } catch (error) {
        return { error }
      }
  }
}

function expectedMissing(scorer: Scorer, { columns = [] }: ScoringOptions): EvalsError {
  const has = columns.length > 0 ? `The row has ${columns.join(', ')}` : 'The row is a plain text'
  return new EvalsError(
    'EVALS_EXPECTED_MISSING',
    `The scorer "${scorer.name}" needs \`expected\`. ${has}: add a column \`expected\`, or name one: { expected: 'answer' }.`,
    { details: { scorer: scorer.name, columns } },
  )
}

function duplicate(name: string, scorer: Scorer): EvalsError {
  return new EvalsError(
    'EVALS_SCORER_DUPLICATE',
    `The scorer "${scorer.name}" gave a score named "${name}", which another one gave already. Give each score its own name.`,
    { details: { name, scorer: scorer.name } },
  )
}
