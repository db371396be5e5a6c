export { atLeast, max, mean, median, min, mode, passAt, passHat } from '@evals/core/reducers'
export type { PassOptions, Reducer } from '@evals/core/reducers'
