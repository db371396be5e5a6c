import { evalKey, type ExperimentStore, type ScorerDeclaration } from '@evals/core'
import {
  compare,
  describeVerdict,
  readStoredSide,
  toComparedSide,
  type ComparedSide,
  type StoredEval,
  type StoredSide,
} from '@evals/core/stats'
import type { ComparedName, ComparedPair, ComparedScore, ComparisonChoice, ComparisonView } from '@evals/dashboard'
import { notInStore } from '../experiment/not-in-store.ts'

/** One side of a pair: an experiment, or what one value of a variant has of it. */
interface Side extends ComparedName {
  /** By what an eval is called on both sides. */
  readonly evals: ReadonlyMap<string, StoredEval>
  readonly scorers: Readonly<Record<string, readonly ScorerDeclaration[]>>
}

type Pair = readonly [base: Side, other: Side]

/** An eval of a pair that both sides have. */
interface SharedEval {
  readonly pair: Pair
  readonly key: string
  /** What it is called in the one comparison of all pairs. */
  readonly label: string
  readonly keys: ComparedScore['keys']
  readonly epochs: number
}

/**
 * Compares experiments of a store, or the values of a variant in one, as `evals compare` does without options: all tests
 * of all pairs are adjusted together.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, and what `compare` throws
 */
export async function compareExperiments(
  store: ExperimentStore,
  { base, others, by }: ComparisonChoice,
): Promise<ComparisonView> {
  const pairs = await pairsOf(store, { base, others, by })
  const shared = pairs.flatMap((pair) => sharedEvals(pair, pairs.length === 1))
  const { scores } = await compare(sideOf(shared, 0), sideOf(shared, 1))
  const evals = new Map(shared.map((one) => [one.label, one]))
  const compared = Map.groupBy(scores, ({ eval: label }) => evals.get(label)!.pair)
  const scoreOf = ({ eval: label, variant: _none, ...score }: (typeof scores)[number]): ComparedScore => {
    const { key, keys, epochs } = evals.get(label)!
    return { ...score, key, keys, epochs, sentence: describeVerdict(score) }
  }
  return { pairs: pairs.map((pair) => ({ ...namesOf(pair), scores: (compared.get(pair) ?? []).map(scoreOf) })) }
}

async function pairsOf(store: ExperimentStore, { base, others, by }: ComparisonChoice): Promise<Pair[]> {
  const before = await readSide(store, base)
  if (by !== undefined) {
    const sides = sidesByValue(before, by)
    return sides.flatMap((one, index) => sides.slice(index + 1).map((other): Pair => [one, other]))
  }
  const pairs: Pair[] = []
  for (const other of new Set(others)) pairs.push([wholeSide(before), wholeSide(await readSide(store, other))])
  return pairs
}

async function readSide(store: ExperimentStore, experiment: string): Promise<StoredSide> {
  const document = await store.readDocument(experiment)
  if (document === undefined) throw await notInStore(store, experiment)
  // What cannot be read is told on the experiment's own page.
  return readStoredSide({ store, document }, () => {})
}

function wholeSide({ experiment, evals, scorers }: StoredSide): Side {
  return { experiment, scorers, evals: new Map(evals.map((one) => [evalKey(one.eval, one.variant), one])) }
}

function sidesByValue({ experiment, evals, scorers }: StoredSide, by: string): Side[] {
  const varied = evals.filter(({ variant }) => Object.hasOwn(variant, by))
  return [...Map.groupBy(varied, ({ variant }) => variant[by]!)].map(([value, group]) => {
    const named = group.map((one) => {
      const { [by]: _value, ...rest } = one.variant
      return [evalKey(one.eval, rest), one] as const
    })
    return { experiment, value, scorers, evals: new Map(named) }
  })
}

function sharedEvals(pair: Pair, isSole: boolean): SharedEval[] {
  const [base, other] = pair
  const title = isSole ? '' : `${base.value ?? base.experiment} → ${other.value ?? other.experiment}: `
  return [...base.evals].flatMap(([key, one]) => {
    const partner = other.evals.get(key)
    if (partner === undefined) return []
    const keys = { base: evalKey(one.eval, one.variant), other: evalKey(partner.eval, partner.variant) }
    return [{ pair, key, keys, epochs: Math.max(epochsOf(one), epochsOf(partner)), label: title + key }]
  })
}

function epochsOf({ results }: StoredEval): number {
  let epochs = 0
  for (const { epoch } of results.values()) epochs = Math.max(epochs, epoch + 1)
  return epochs
}

/** One side of all pairs. */
function sideOf(shared: readonly SharedEval[], side: 0 | 1): ComparedSide {
  const evals = shared.map(({ pair, key, label }) => ({ ...pair[side].evals.get(key)!, eval: label, variant: {} }))
  const scorers = shared.map(({ pair, key, label }) => {
    const { evals: own, scorers: declared } = pair[side]
    return [label, declared[own.get(key)!.eval] ?? []] as const
  })
  return toComparedSide({ evals, scorers: Object.fromEntries(scorers) })
}

function namesOf([base, other]: Pair): Omit<ComparedPair, 'scores'> {
  const nameOf = ({ experiment, value }: Side): ComparedName => ({ experiment, ...(value !== undefined && { value }) })
  const lacking = (one: Side, partner: Side): string[] => [...one.evals.keys()].filter((key) => !partner.evals.has(key))
  return {
    base: nameOf(base),
    other: nameOf(other),
    onlyInBase: lacking(base, other),
    onlyInOther: lacking(other, base),
  }
}
