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
export function modelOf(key: string): string {
  return key.split(' ', 1)[0] ?? key
}

/** Four digits are enough to read, also of a thousandth of a cent. */
function usd(amount: number): string {
  return `$${Number(amount.toPrecision(4))}`
}
