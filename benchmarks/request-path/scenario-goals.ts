import type { ScenarioFigures } from './scenario-case.ts'

/** What is wanted of a scenario. */
export interface Goal {
  readonly text: string
  /** What is judged; `undefined` where it was not measured, which meets nothing. */
  value(figures: ScenarioFigures, calls: number): number | undefined
  readonly least?: number
  readonly most?: number
}

/** Times and refusals are judged by their median, what must never happen by the worst run. */
const notOnce: Goal = {
  text: 'calls not answered exactly once: 0',
  value: ({ answeredOnce, failed }, calls) =>
    answeredOnce === undefined ? undefined : Math.max(calls - answeredOnce.min, failed?.max ?? 0),
  most: 0,
}

const ofFixed100: Goal = { text: '≤ 1/3 of 100 at once', value: (figures) => figures.ofFixed100?.median, most: 1 / 3 }

function ratio(most: number): Goal {
  return { text: `ratio ≤ ${most.toFixed(2)}`, value: (figures) => figures.ratio?.median, most }
}

function refusals(most: number): Goal {
  return { text: `refusals ≤ ${most}`, value: (figures) => figures.refusals?.median, most }
}

const fourFiles: readonly Goal[] = [
  ratio(1.1),
  { text: 'in flight after 1 s ≤ 44', value: (figures) => figures.maxInFlightAfterFirstSecond?.max, most: 44 },
  notOnce,
]

/** By the scenario's name. */
export const goals: Readonly<Record<string, readonly Goal[]>> = {
  unlimited: [ofFixed100, notOnce],
  'unlimited-slow': [ofFixed100, notOnce],
  'cap-40': [ratio(1.08), refusals(20), notOnce],
  'cap-6': [ratio(1.08), refusals(20), notOnce],
  'requests-per-minute': [ratio(1.03), refusals(5), notOnce],
  'requests-per-minute-bare': [ratio(1.1), refusals(60), notOnce],
  'requests-per-minute-bare-slow': [ratio(1.1), refusals(60), notOnce],
  'tokens-per-minute': [ratio(1.05), refusals(10), notOnce],
  'saturates-at-16': [
    ratio(1.1),
    { text: 'settled in 14–24', value: (figures) => figures.settledInFlight?.median, least: 14, most: 24 },
    notOnce,
  ],
  faulty: [notOnce],
  down: [
    { text: 'calls while down < 50', value: (figures) => figures.callsWhileDown?.max, most: 49 },
    {
      text: 'ms until all connections are in use again ≤ 1000',
      value: (figures) => figures.backAfterMs?.max,
      most: 1000,
    },
    notOnce,
  ],
  'four-files': fourFiles,
  'four-files-slow': fourFiles,
}
