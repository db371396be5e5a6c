import { costOf, type Price } from '../price/price.ts'
import type { CallEstimate, CallOutcome } from './limiter.ts'

/** How long an answer may be before any of its model has been seen. */
const firstAnswerTokens = 1000

/** What sums of floating-point numbers may be off by. */
const tolerance = 1 + 1e-9

/** What of a run's money is spent, and what is set aside for calls in flight. In US dollars. */
export class Budget {
  readonly budgetUsd: number
  readonly #largestAnswers = new Map<string, number>()
  #spentUsd = 0
  #reservedUsd = 0
  #reservations = 0

  constructor(budgetUsd: number) {
    this.budgetUsd = budgetUsd
  }

  get spentUsd(): number {
    return this.#spentUsd
  }

  get reservedUsd(): number {
    return this.#reservedUsd
  }

  /** What a call may cost: its input, and as many tokens as it may give, or else twice the largest answer so far. */
  estimate(key: string, { inputTokens, maxOutputTokens }: CallEstimate, price: Price): number {
    const largest = this.#largestAnswers.get(key)
    const outputTokens = maxOutputTokens ?? (largest === undefined ? firstAnswerTokens : 2 * largest)
    return Math.max(0, costOf({ inputTokens, outputTokens }, price) ?? 0)
  }

  /** False as long as calls in flight have so much set aside. */
  fits(costUsd: number): boolean {
    return this.#spentUsd + this.#reservedUsd + costUsd <= this.budgetUsd * tolerance
  }

  /** False for what will not fit even if all calls in flight cost nothing. */
  canEverFit(costUsd: number): boolean {
    return this.#spentUsd + costUsd <= this.budgetUsd * tolerance
  }

  reserve(costUsd: number): void {
    this.#reservedUsd += costUsd
    this.#reservations += 1
  }

  settle(reservedUsd: number, spentUsd: number): void {
    this.#reservations -= 1
    // Sums of what was added and taken away again end beside 0.
    this.#reservedUsd = this.#reservations === 0 ? 0 : this.#reservedUsd - reservedUsd
    this.#spentUsd += spentUsd
  }

  /** Remembers how large a model's answers are. */
  answered(key: string, { outputTokens = 0 }: CallOutcome): void {
    if (outputTokens > 0) this.#largestAnswers.set(key, Math.max(outputTokens, this.#largestAnswers.get(key) ?? 0))
  }
}
