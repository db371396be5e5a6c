import type { Scenario } from '../../fixtures/model-server/src/index.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { goals, type Goal } from './scenario-goals.ts'
import type { ScenarioRun } from './scenario-run.ts'

const figures = [
  'ms',
  'ratio',
  'refusals',
  'answeredOnce',
  'answeredMoreThanOnce',
  'failed',
  'callsWhileDown',
  'maxInFlight',
  'maxInFlightAfterFirstSecond',
  'settledInFlight',
  'backAfterMs',
  'cpuMsPerCall',
] as const

type Figure = (typeof figures)[number]

/** A figure that only some scenarios have is absent in the others. */
export type ScenarioFigures = { readonly [Name in Figure | 'ofFixed100']?: Spread }

/** One client in one scenario, run several times. */
export interface ScenarioCase {
  readonly scenario: string
  readonly description: string
  readonly client: string
  readonly calls: number
  readonly figures: ScenarioFigures
  /** The first different reasons of calls that failed for good. */
  readonly errors: readonly string[]
  /** Only of our own clients. */
  readonly goals: readonly JudgedGoal[]
}

/** A goal and what was found. */
export interface JudgedGoal {
  readonly text: string
  readonly value?: number
  readonly isMet: boolean
}

/** What is known of the client whose runs are summarized. */
export interface CaseFacts {
  readonly client: string
  readonly hasGoals?: boolean
  /** The runs of 100 calls at once in the same rounds. */
  readonly fixed100?: readonly ScenarioRun[]
}

/** Puts the runs of one client in one scenario together. */
export function summarizeCase(
  { name, description, calls }: Scenario,
  runs: readonly ScenarioRun[],
  { client, hasGoals = false, fixed100 = [] }: CaseFacts,
): ScenarioCase {
  const spreads: Partial<Record<Figure | 'ofFixed100', Spread>> = {}
  for (const figure of figures) {
    const values = runs.map((run) => run[figure]).filter((value) => value !== undefined)
    if (values.length > 0) spreads[figure] = spreadOf(values)
  }
  if (fixed100.length > 0) {
    spreads.ofFixed100 = spreadOf(runs.map(({ ms }, round) => Number((ms / fixed100[round]!.ms).toFixed(3))))
  }
  return {
    scenario: name,
    description,
    client,
    calls,
    figures: spreads,
    errors: [...new Set(runs.flatMap(({ errors }) => errors))],
    goals: hasGoals ? (goals[name] ?? []).map((goal) => judge(goal, spreads, calls)) : [],
  }
}

function judge(goal: Goal, spreads: ScenarioFigures, calls: number): JudgedGoal {
  const { text, least = 0, most = Number.POSITIVE_INFINITY } = goal
  const value = goal.value(spreads, calls)
  return value === undefined ? { text, isMet: false } : { text, value, isMet: value >= least && value <= most }
}
