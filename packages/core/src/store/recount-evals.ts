import { scorerDeclaration } from '../comparison/declared-scorers.ts'
import { evalKey } from '../record/eval-key.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import type { ExperimentStore } from './experiment-store.ts'
import { readEvalResults, type EvalResults } from './read-results.ts'
import { whatCounts } from './what-counts.ts'

const unjudged = 'Not judged: the run that recorded samples of it was killed. Run the eval again.'

/**
 * The evals of an experiment with figures of what is recorded, where runs that never ended have recorded some of it: a run
 * that is killed leaves the figures of before. Their thresholds are not judged; scorers' own metrics and the verdict of a
 * baseline are lost.
 * @param document as the killed run left it
 * @param options.but evals (see `evalKey`) that need no figures; where it has all of them nothing is read
 */
export async function recountEvals(
  store: Pick<ExperimentStore, 'scan'>,
  document: ExperimentDocument,
  { but }: { readonly but: ReadonlySet<string> },
): Promise<ExperimentDocument['evals']> {
  if (Object.keys(document.evals).every((key) => but.has(key))) return document.evals
  const unended = new Set(document.runs.flatMap(({ id, endedAt }) => (endedAt === undefined ? [id] : [])))
  const touched = new Set<string>()
  const results = await readEvalResults(store, document.experiment, {
    ...whatCounts(document),
    include(record) {
      if (unended.has(record.run)) touched.add(evalKey(record.eval, record.variant))
      return true
    },
  })
  const recounted: Record<string, EvalSummary> = {}
  for (const [key, found] of results) {
    if (touched.has(key) && !but.has(key)) recounted[key] = await recount(found, document)
  }
  return { ...document.evals, ...recounted }
}

async function recount(
  { eval: name, variant, results }: EvalResults,
  document: ExperimentDocument,
): Promise<EvalSummary> {
  const before = document.evals[evalKey(name, variant)]
  const { scorers = {}, thresholds = [], maxErrorRate = 0, dataset, fingerprint, removed } = before ?? {}
  const facts = {
    eval: name,
    variant,
    planned: Math.max(results.size, before?.samples.total ?? 0),
    scorers: Object.entries(scorers).map(([scorer, figures]) => scorerDeclaration(scorer, figures)),
    maxErrorRate,
    thresholds: thresholds.map(({ threshold }) => ({ threshold, passed: null, value: null, message: unjudged })),
  }
  return {
    ...(await summarizeEval(facts, results.values())),
    ...withoutUndefined({ dataset, fingerprint, removed }),
  }
}
