import { systemClock, type Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import { costOf, type Price } from '../price/price.ts'
import { priceUnknown } from '../price/price-unknown.ts'
import { onAbort } from '../on-abort.ts'
import { Budget } from './budget.ts'
import { budgetSpent, budgetWaitTooLong, modelOf } from './budget-error.ts'
import type { CallOutcome, Limiter, Slot, SlotRequest } from './limiter.ts'

/** Settings of a {@link BudgetLimiter}. */
export interface BudgetLimiterOptions {
  /** What all calls together may cost, in US dollars; 0 allows free calls only. */
  readonly budgetUsd: number
  /** Default: the real clock. */
  readonly clock?: Clock
  /** Told once, when a paid call did not fit and so none will be started any more. */
  readonly onExhausted?: (error: EvalsError) => void
}

interface Waiting {
  readonly key: string
  readonly costUsd: number
  readonly admit: () => void
  readonly refuse: (error: EvalsError) => void
}

/**
 * Starts paid calls only while the run's budget holds. Each call's cost is set aside before it waits for a slot, and
 * settled by what it did cost; an answer that does not tell, or cannot be used, costs what was set aside. A call that does
 * not fit waits for calls in flight that may turn out cheaper; one that cannot fit any more ends it all: no paid call is
 * started from then on. So the budget is passed at most by what the calls then in flight cost above their estimates, and
 * by what a provider bills for attempts that gave no answer, such as those that timed out: that is not known, and counted
 * as 0. Calls at a price of 0 are never held up.
 */
export class BudgetLimiter implements Limiter {
  readonly #inner: Limiter
  readonly #options: BudgetLimiterOptions
  readonly #budget: Budget
  readonly #waiting = { begun: new Set<Waiting>(), new: new Set<Waiting>() }
  #exhausted = false

  /** @throws EvalsError `EVALS_OPTION_INVALID` */
  constructor(inner: Limiter, options: BudgetLimiterOptions) {
    const { budgetUsd } = options
    if (!(Number.isFinite(budgetUsd) && budgetUsd >= 0)) {
      throw new EvalsError(
        'EVALS_OPTION_INVALID',
        `\`budgetUsd\` must be an amount of US dollars from 0 on, not ${budgetUsd}.`,
        { details: { budgetUsd } },
      )
    }
    this.#inner = inner
    this.#options = options
    this.#budget = new Budget(budgetUsd)
  }

  /** What calls did cost so far. */
  get spentUsd(): number {
    return this.#budget.spentUsd
  }

  /** What is set aside for calls in flight and those that wait for a slot. */
  get reservedUsd(): number {
    return this.#budget.reservedUsd
  }

  /** True once no paid call is started any more. */
  get exhausted(): boolean {
    return this.#exhausted
  }

  async acquire(key: string, request: SlotRequest): Promise<Slot> {
    const { estimate, deadlineMs, signal } = request
    const { price } = estimate
    if (price === undefined) throw priceUnknown(modelOf(key), 'budgetUsd')
    signal?.throwIfAborted()
    const { clock = systemClock } = this.#options
    const startedAt = clock.now()
    const reservedUsd = isFree(price) ? 0 : this.#budget.estimate(key, estimate, price)
    if (isFree(price)) this.#budget.reserve(0)
    else await this.#reserve(key, reservedUsd, request)
    const left = deadlineMs === undefined ? {} : { deadlineMs: Math.max(0, deadlineMs - (clock.now() - startedAt)) }
    try {
      return this.#slot(key, await this.#inner.acquire(key, { ...request, ...left }), { price, reservedUsd })
    } catch (error) {
      this.#settle(reservedUsd, 0)
      throw error
    }
  }

  #slot(key: string, slot: Slot, { price, reservedUsd }: { price: Price; reservedUsd: number }): Slot {
    let released = false
    return {
      ...(slot.probe === undefined ? {} : { probe: slot.probe }),
      release: (outcome) => {
        if (released) return
        released = true
        slot.release(outcome)
        this.#budget.answered(key, outcome)
        this.#settle(reservedUsd, costOfCall(outcome, { price, reservedUsd }))
      },
    }
  }

  /** Waits until `costUsd` is set aside. */
  #reserve(key: string, costUsd: number, { priority = 'new', deadlineMs, signal }: SlotRequest): Promise<void> {
    const { clock = systemClock } = this.#options
    return new Promise((resolve, reject) => {
      if (this.#exhausted) return reject(budgetSpent(key, { budget: this.#budget, costUsd }))
      const leave = (): void => {
        cancelDeadline()
        stopListening()
        this.#waiting[priority].delete(waiting)
      }
      const fail = (error: Error): void => {
        leave()
        reject(error)
        // What waited behind it may be cheaper.
        this.#pump()
      }
      const waiting: Waiting = {
        key,
        costUsd,
        admit: () => {
          leave()
          this.#budget.reserve(costUsd)
          resolve()
        },
        refuse: (error) => {
          leave()
          reject(error)
        },
      }
      const stopListening = signal === undefined ? () => {} : onAbort(signal, () => fail(signal.reason as Error))
      const cancelDeadline =
        deadlineMs === undefined ? () => {} : clock.after(deadlineMs, () => fail(budgetWaitTooLong(key, deadlineMs)))
      this.#waiting[priority].add(waiting)
      this.#pump()
    })
  }

  #settle(reservedUsd: number, spentUsd: number): void {
    this.#budget.settle(reservedUsd, spentUsd)
    this.#pump()
  }

  /** Lets in order go on what fits; what waits behind a call that does not must not take its money. */
  #pump(): void {
    const { begun, new: others } = this.#waiting
    const next = (): Waiting | undefined => begun.values().next().value ?? others.values().next().value
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      const { costUsd } = waiting
      if (!this.#budget.canEverFit(costUsd)) return this.#exhaust(waiting)
      if (!this.#budget.fits(costUsd)) return
      waiting.admit()
    }
  }

  #exhaust({ key, costUsd }: Waiting): void {
    this.#exhausted = true
    for (const waiting of [...this.#waiting.begun, ...this.#waiting.new]) {
      waiting.refuse(budgetSpent(waiting.key, { budget: this.#budget, costUsd: waiting.costUsd }))
    }
    this.#options.onExhausted?.(budgetSpent(key, { budget: this.#budget, costUsd }))
  }
}

function isFree({ input, output }: Price): boolean {
  return input === 0 && output === 0
}

/** What a call did cost: 0 where there was no answer; what was reserved where the answer tells no amount, or is unusable. */
function costOfCall(outcome: CallOutcome, { price, reservedUsd }: { price: Price; reservedUsd: number }): number {
  const cost = outcome.costUsd ?? costOf(outcome, price)
  if (cost !== undefined && Number.isFinite(cost) && cost >= 0) return cost
  return outcome.result === 'answered' || outcome.result === 'unusable' ? reservedUsd : 0
}
