export { reduceEpochs } from './reducers/reduce-epochs.ts'
export type { Reducer } from './reducers/reducer.ts'
export { atLeast, max, mean, median, min, mode, passAt, passHat, type PassOptions } from './reducers/reducers.ts'
