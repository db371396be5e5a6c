import { EvalsError } from '../errors.ts'

/**
 * An `EVALS_PRICE_UNKNOWN` for a model of which nobody knows what its calls cost.
 * @param option what cannot be kept without: `budgetUsd` or `limits.costUsd`
 */
export function priceUnknown(model: string, option: string): EvalsError {
  return new EvalsError(
    'EVALS_PRICE_UNKNOWN',
    `The price of ${model} is unknown, so \`${option}\` cannot be kept. Give the model its price in US dollars for a million tokens: \`price: { input: 0.25, output: 2 }\`, or \`price: { input: 0, output: 0 }\` if it is free.`,
    { details: { model } },
  )
}
