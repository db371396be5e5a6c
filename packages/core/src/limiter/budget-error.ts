import { EvalsError } from '../errors.ts'
import type { Budget } from './budget.ts'

/** A paid call does not fit into the run's budget. */
export function budgetSpent(key: string, { budget, costUsd }: { budget: Budget; costUsd: number }): EvalsError {
  const { budgetUsd, spentUsd, reservedUsd } = budget
  const model = modelOf(key)
  return new EvalsError(
    'EVALS_BUDGET_SPENT',
    `The next call of ${model} may cost ${usd(costUsd)}, which does not fit into the budget of ${usd(budgetUsd)}: ${usd(spentUsd)} spent, ${usd(reservedUsd)} reserved for calls in flight. Raise \`budgetUsd\` and run again, or lower the call's \`maxOutputTokens\`.`,
    { details: { model, budgetUsd, spentUsd, reservedUsd, callUsd: costUsd } },
  )
}

/** With a budget, each call must have a price. */
export function priceUnknown(key: string): EvalsError {
  const model = modelOf(key)
  return new EvalsError(
    'EVALS_PRICE_UNKNOWN',
    `The price of ${model} is unknown, so \`budgetUsd\` cannot be kept. Give the model its price in US dollars for a million tokens: \`price: { input: 0.25, output: 2 }\`, or \`price: { input: 0, output: 0 }\` if it is free.`,
    { details: { model } },
  )
}

/** Calls in flight held the money too long. */
export function budgetWaitTooLong(key: string, deadlineMs: number): EvalsError {
  const model = modelOf(key)
  return new EvalsError(
    'EVALS_LIMITER_DEADLINE',
    `A call of ${model} waited ${Math.round(deadlineMs / 1000)} s for calls in flight to leave some of the budget. Raise \`maxWait\` or \`budgetUsd\`.`,
    { details: { model, deadlineMs } },
  )
}

/** A limiter's key begins with the model; what follows names the account. */
function modelOf(key: string): string {
  return key.split(' ', 1)[0] ?? key
}

/** Four digits are enough to read, also of a thousandth of a cent. */
function usd(amount: number): string {
  return `$${Number(amount.toPrecision(4))}`
}
