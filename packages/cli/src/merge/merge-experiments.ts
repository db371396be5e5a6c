import {
  EvalsError,
  experimentStatus,
  newestExperiment,
  nextUndeclared,
  readEvalResults,
  readResults,
  whatCounts,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentStore,
  type ResultSet,
  type RunInfo,
  type UndeclaredEval,
} from '@evals/core'
import { Problems } from '../experiment/problems.ts'
import { note } from '../terminal/output.ts'
import { copyRecords, KnownRecords } from './copy-records.ts'
import { openSource, type MergeSource } from './open-source.ts'
import { removedIn } from './removed-in.ts'
import { scorersIn } from './scorers-in.ts'
import { summarizeMerged, type MergePart } from './summarize-merged.ts'
import { tellMerged } from './tell-merged.ts'

/** What to merge into what. */
export interface MergeRequest {
  readonly store: ExperimentStore
  readonly target: string
  readonly from: readonly string[]
}

/**
 * Merges the records of experiments into one, which is made if it does not exist. What is there already is not added again.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_EXPERIMENT_IN_USE`, `EVALS_ATTACHMENT_UNREADABLE`,
 *   `EVALS_USAGE_INVALID` where an experiment is to be merged into itself
 */
export async function mergeExperiments({ store, target: asked, from }: MergeRequest): Promise<void> {
  const target = asked === 'last' ? await newestExperiment(store) : asked
  if (target === undefined) throw noLast()
  const sources: MergeSource[] = []
  try {
    for (const name of from) {
      const source = await openSource(name, store)
      sources.push(source)
      requireOther(source, store.describe(target))
    }
    const lease = await store.lease(target)
    try {
      await merge(store, target, sources)
    } finally {
      await lease.release()
    }
  } finally {
    for (const source of sources) await source.close()
  }
}

function noLast(): EvalsError {
  return new EvalsError(
    'EVALS_EXPERIMENT_UNKNOWN',
    'There is no experiment yet that `last` could name. Name the one to make.',
  )
}

function requireOther({ name, store, document }: MergeSource, target: string): void {
  if (store.describe(document.experiment) !== target) return
  throw new EvalsError(
    'EVALS_USAGE_INVALID',
    `${name} is the experiment to merge into; name the experiments whose records it is to get.`,
  )
}

async function merge(store: ExperimentStore, target: string, sources: readonly MergeSource[]): Promise<void> {
  const before = await store.readDocument(target)
  const documents = [...(before === undefined ? [] : [before]), ...sources.map(({ document }) => document)]
  const problems = new Problems()
  const known = new KnownRecords()
  for await (const record of store.scan(target, { onProblem: problems.add })) known.add(record)
  const begun = begin(target, documents)
  const targetResults = await resultsOf(store, { ...begun, evals: before?.evals ?? {} })
  const parts: MergePart[] = before === undefined ? [] : [{ document: before, results: targetResults }]
  // Where this process is killed, the records that are there are found, and the next merge adds the rest.
  await store.writeDocument({ ...begun, status: 'running', evals: before?.evals ?? {} })
  let added = 0
  for (const source of sources) {
    const { document, store: from } = source
    if (document.status === 'running') {
      note(`! ${source.name}: a run goes on, or was killed; what is recorded so far is merged.`)
    }
    const results = await resultsOf(from, document)
    parts.push({ document, results })
    added += await copyRecords(source, {
      store,
      target,
      known,
      revisions: revisionsOf(results),
      targetRevisions: revisionsOf(targetResults),
      onProblem: problems.add,
    })
  }
  const evals: Record<string, EvalSummary> = {}
  const removed = removedIn(parts)
  for (const [key, results] of await readEvalResults(store, target, { removed, scorers: scorersIn(parts) })) {
    const gone = [...(removed.get(key) ?? [])]
    evals[key] = { ...(await summarizeMerged(key, results, parts)), ...(gone.length === 0 ? {} : { removed: gone }) }
  }
  const status = experimentStatus({ ...begun, evals }, false)
  await store.writeDocument({ ...begun, status, updatedAt: new Date().toISOString(), evals })
  problems.report()
  tellMerged(target, { added, from: sources.length, evals: Object.values(evals), status })
}

/** What counts in an experiment, by eval and variant. */
function resultsOf(store: ExperimentStore, document: ExperimentDocument): Promise<Map<string, ResultSet>> {
  return readResults(store, document.experiment, whatCounts(document))
}

function revisionsOf(results: ReadonlyMap<string, ResultSet>): Map<string, number> {
  return new Map([...results].map(([key, { revision }]) => [key, revision]))
}

/** The document with the runs of all, oldest first. */
function begin(target: string, documents: readonly ExperimentDocument[]): ExperimentDocument {
  const runs = new Map<string, RunInfo>()
  for (const document of documents) for (const run of document.runs) if (!runs.has(run.id)) runs.set(run.id, run)
  const times = documents.map(({ createdAt }) => createdAt).toSorted()
  const undeclared = undeclaredIn(documents)
  return {
    version: 1,
    experiment: target,
    status: 'running',
    createdAt: times[0]!,
    updatedAt: new Date().toISOString(),
    runs: [...runs.values()].toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt)),
    evals: {},
    ...(undeclared.length === 0 ? {} : { undeclared }),
  }
}

/** Evals that could not be declared when they were last tried. */
function undeclaredIn(documents: readonly ExperimentDocument[]): UndeclaredEval[] {
  return documents
    .toSorted((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt))
    .reduce<UndeclaredEval[]>((before, { evals, undeclared = [] }) => {
      const declared = Object.values(evals).map((summary) => summary.eval)
      return nextUndeclared(before, { declared, undeclared })
    }, [])
}
