import { isDeepStrictEqual } from 'node:util'
import {
  declaredScorers,
  summarizeEval,
  type EvalResults,
  type EvalSummary,
  type ExperimentDocument,
  type ResultSet,
  type SampleResult,
  type ScorerDeclaration,
} from '@evals/core'
import { judgeAgain } from '../experiment/judge-again.ts'

/** An experiment that is merged, or was there before. */
export interface MergePart {
  readonly document: ExperimentDocument
  /** What counts in it, by eval and variant. */
  readonly results: ReadonlyMap<string, ResultSet>
}

/**
 * The figures of one eval of merged experiments. Where one of them has all of it, they are those it has; else they are
 * made from the records, and thresholds are judged that no shard could judge: metrics that only the eval's own scorers
 * compute are lost.
 */
export async function summarizeMerged(
  key: string,
  { eval: name, variant, results }: EvalResults,
  parts: readonly MergePart[],
): Promise<EvalSummary> {
  // While a run goes on, and after it was killed, the figures are those of before.
  const ended = parts.filter(({ document }) => document.status !== 'running')
  const whole = ended.find((part) => isSame(part.results.get(key), results))?.document.evals[key]
  const isJudged = whole?.thresholds.every(({ passed }) => passed !== null) === true
  if (whole !== undefined && (isJudged || whole.samples.missing > 0)) return whole
  const documents = parts.map(({ document }) => document)
  const known = documents.flatMap(({ evals }) => evals[key] ?? [])
  const planned = Math.max(results.size, ...known.map(({ samples }) => samples.total))
  const { dataset, fingerprint, maxErrorRate = 0 } = known.at(-1) ?? {}
  // Those of all, so that what any of them has judged still counts.
  const scorers = Object.assign({}, ...known.map((part) => part.fingerprint?.scorers)) as Record<string, string>
  const facts = { eval: name, variant, planned, scorers: declarations(name, documents), maxErrorRate }
  const figures = await summarizeEval(facts, results.values())
  const verdicts = new Map(known.flatMap(({ thresholds }) => thresholds.map((each) => [each.threshold, each])))
  const thresholds = judgeAgain([...verdicts.values()], figures)
  return {
    ...(await summarizeEval({ ...facts, thresholds }, results.values())),
    ...(dataset === undefined ? {} : { dataset }),
    ...(fingerprint === undefined ? {} : { fingerprint: { ...fingerprint, scorers, revision: results.revision } }),
  }
}

function isSame(some: ResultSet | undefined, all: ResultSet): boolean {
  return (
    some?.size === all.size &&
    [...all.values()].every((result) => isDeepStrictEqual(withoutRevision(result), withoutRevision(some.get(result))))
  )
}

function withoutRevision(result: SampleResult | undefined): unknown {
  const { revision: _revision, revisionSize: _revisionSize, ...rest } = result ?? {}
  return rest
}

function declarations(name: string, documents: readonly ExperimentDocument[]): ScorerDeclaration[] {
  const all = documents.flatMap((document) => declaredScorers(document)[name] ?? [])
  return [...new Map(all.map((scorer) => [scorer.name, scorer])).values()]
}
