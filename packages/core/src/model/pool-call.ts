import { EvalsError } from '../errors.ts'
import type { ScopedRetries } from '../request/retry-scope.ts'
import type { MemberOutcome, PoolMember } from './pool-member.ts'

/** One call on one member of a pool. */
export interface PoolAttempt {
  readonly member: PoolMember
  readonly retries: ScopedRetries
  end(outcome: MemberOutcome): void
}

/**
 * The way of one call through a pool: each available member is asked once, the least busy first; then the one that
 * failed least is asked with all the patience of the engine.
 */
export class PoolCall {
  readonly #members: readonly PoolMember[]
  readonly #tried = new Set<PoolMember>()
  readonly #first: number
  #isLast = false
  #timedOut = false

  /** @param first index of the member that goes first among equally busy ones */
  constructor(members: readonly PoolMember[], first: number) {
    this.#members = members
    this.#first = first
  }

  next(): PoolAttempt {
    const untried = this.#inTurn().filter((one) => one.isAvailable && !this.#tried.has(one))
    this.#isLast = untried.length === 0
    const choice = this.#isLast ? leastOf(this.#inTurn(), ({ failures }) => failures) : untried
    const member = leastOf(choice, ({ inFlight }) => inFlight)[0]!
    this.#tried.add(member)
    return { member, end: member.startCall(), retries: this.#retries }
  }

  /** Takes in what an attempt threw; true if the call goes on with another one. */
  goesOn(error: unknown): boolean {
    const fault = faultOf(error)
    if (fault === undefined) return false
    // Each timeout is long, and what was generated is paid for.
    const again = !this.#isLast && !(fault === 'timeout' && this.#timedOut)
    this.#timedOut ||= fault === 'timeout'
    return again
  }

  get #retries(): ScopedRetries {
    if (!this.#isLast) return { fault: 0, timeout: 0 }
    return this.#timedOut ? { timeout: 0 } : {}
  }

  #inTurn(): readonly PoolMember[] {
    return [...this.#members.slice(this.#first), ...this.#members.slice(0, this.#first)]
  }
}

/** What is wrong with the member that threw this; `undefined` if another one would do no better. */
export function faultOf(error: unknown): 'fault' | 'timeout' | undefined {
  if (!EvalsError.isInstance(error)) return undefined
  const { fault } = error.details
  if (error.code === 'EVALS_CIRCUIT_OPEN') return 'fault'
  return fault === 'fault' || fault === 'timeout' ? fault : undefined
}

function leastOf(members: readonly PoolMember[], measure: (member: PoolMember) => number): readonly PoolMember[] {
  const least = Math.min(...members.map(measure))
  return members.filter((member) => measure(member) === least)
}
