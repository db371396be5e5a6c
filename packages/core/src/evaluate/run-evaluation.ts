import { readHistories } from '../resume/read-histories.ts'
import { onLimiterChange, requestEngine, withRequestEngine } from '../request/request-engine.ts'
import type { StoreProblem } from '../store/experiment-store.ts'
import { currentRecords } from './current-records.ts'
import { planEvals, type EvalRun, type PlannedEvals, type Repetition } from './eval-run.ts'
import type { Evaluation, EvaluateOptions } from './evaluate-options.ts'
import type { EventSink } from './evaluation-event.ts'
import { EvaluationProgress } from './evaluation-progress.ts'
import { readSettings, type EvaluationSettings } from './evaluation-settings.ts'
import { ExperimentSession } from './experiment-session.ts'
import { runRepetition, type UnfinishedRepetition } from './run-repetition.ts'
import { summarizeEnd, summarizeStart } from './summarize-run.ts'

/** Does what `evaluate` promises. */
export async function runEvaluation(options: EvaluateOptions): Promise<Evaluation> {
  const settings = readSettings(options)
  const { store, experiment, mode, clock, epochs, selection } = settings
  const session = await ExperimentSession.open({
    store,
    experiment,
    mode,
    now: clock.date(),
    options: { resume: mode, epochs, ...selection },
  })
  try {
    return await runInSession(settings, session)
  } finally {
    await session.release()
  }
}

async function runInSession(settings: EvaluationSettings, session: ExperimentSession): Promise<Evaluation> {
  const { name, store, clock } = settings
  const { experiment } = session
  const problems: StoreProblem[] = []
  const onProblem = (problem: StoreProblem): void => void problems.push(problem)
  const histories = await readHistories(store, experiment, { eval: name, onProblem })
  const evals = await planEvals(settings, session, histories)
  await session.begin(await Promise.all(evals.runs.map((run) => summarizeStart(settings, evals, run))))

  const failure = new AbortController()
  const emit = guarded(settings.emit, failure)
  const interrupted = await runAll({ ...settings, emit }, { session, evals, failure })
  session.lost.throwIfAborted()
  const ended = await Promise.all(evals.runs.map((run) => summarizeEnd(settings, evals, { run, experiment })))
  const summaries = ended.map(({ summary }) => summary)
  const status = await session.end({ summaries, interrupted, now: clock.date() }).catch((error: unknown) => {
    // A full disk takes no document either; what ended the evaluation is the first error.
    failure.signal.throwIfAborted()
    throw error
  })
  emit({ type: 'run.completed', experiment, run: session.run.id, status, summaries })
  failure.signal.throwIfAborted()
  const wanted = { eval: name, variants: evals.runs.map(({ variant }) => variant), planned: evals.plannedKeys }
  return {
    experiment,
    run: session.run.id,
    status,
    summary: summaries[0]!,
    summaries,
    drift: evals.runs.map(({ resume }) => resume.drift),
    failures: ended.flatMap(({ failures }) => failures),
    problems,
    records: () => currentRecords(store, experiment, wanted),
  }
}

interface Running {
  readonly session: ExperimentSession
  readonly evals: PlannedEvals
  /** Aborts with what ends the evaluation. */
  readonly failure: AbortController
}

/** Runs everything planned; true if it was stopped before its end. */
async function runAll(settings: EvaluationSettings, { session, evals, failure }: Running): Promise<boolean> {
  const { name, clock, emit, concurrency } = settings
  const { experiment, run, lost } = session
  const { planned, runs } = evals
  const signal = AbortSignal.any([settings.signal, lost, failure.signal])
  const setting = { settings, run: run.id, experiment, signal }
  const progress = new EvaluationProgress({ eval: name, planned: planned.length * runs.length, clock, emit })
  emit({ type: 'run.started', experiment, run: run.id, evals: runs.map((one) => startedEval(name, one, planned)) })
  const stopListening = onLimiterChange((change) => emit({ type: 'limiter.changed', change }))
  const work = unfinished(evals, progress)
  const workOn = async (): Promise<void> => {
    for (const [evalRun, repetition] of work) {
      if (signal.aborted) return
      try {
        const { variant } = evalRun
        const done = await runRepetition(setting, evalRun, repetition)
        emit({ type: 'sample.completed', eval: name, variant, ...done })
        progress.add(variant, done.result)
      } catch (error) {
        failure.abort(error)
        return
      }
    }
  }
  try {
    await withOwnLimits(settings, () => Promise.all(Array.from({ length: concurrency }, workOn)))
  } finally {
    stopListening()
  }
  progress.tell()
  return signal.aborted
}

/** What is left to do, in order; what keeps its recorded state is only counted. */
function* unfinished(
  { planned, runs }: PlannedEvals,
  progress: EvaluationProgress,
): Generator<[EvalRun, UnfinishedRepetition]> {
  for (const run of runs) {
    const { resume, variant } = run
    for (const { sample, epoch } of planned) {
      const decision = resume.decide({ sample, epoch })
      // The row is held of every sample with something to do.
      if (decision.action !== 'keep' && 'row' in sample) yield [run, { sample, epoch, decision }]
      else {
        const result = resume.results.get({ id: sample.id, epoch })
        if (result !== undefined) progress.add(variant, result)
      }
    }
  }
}

function startedEval(name: string, { variant, resume }: EvalRun, planned: readonly Repetition[]) {
  const { counts, drift } = resume
  return { eval: name, variant, planned: planned.length, counts, ...(drift === undefined ? {} : { drift }) }
}

/** What the sink throws must not end in the middle of a model call. */
function guarded(emit: EventSink, failure: AbortController): EventSink {
  return (event) => {
    try {
      emit(event)
    } catch (error) {
      failure.abort(error)
    }
  }
}

/** Lets model calls go through this thread's engine, within what is the run's own: its budget, and keys that are refused. */
async function withOwnLimits<Result>(
  { budgetUsd, clock }: EvaluationSettings,
  work: () => Promise<Result>,
): Promise<Result> {
  const [engine, { BudgetLimiter, RefusedKeys }] = await Promise.all([requestEngine(), import('../limiter.ts')])
  const { limiter } = engine
  const bounded = budgetUsd === undefined ? limiter : new BudgetLimiter(limiter, { budgetUsd, clock })
  return withRequestEngine({ ...engine, limiter: new RefusedKeys(bounded) }, work)
}
