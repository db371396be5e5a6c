export { createCallCache, type CacheMode, type CallCacheOptions } from './cache/create-call-cache.ts'
export { InProcessLeases } from './cache/in-process-leases.ts'
export type { Leases } from './cache/leases.ts'
export { MemoryResponseCache } from './cache/memory-response-cache.ts'
export {
  cacheStatsOf,
  type CacheAddress,
  type CacheSize,
  type CacheStats,
  type ResponseCache,
} from './cache/response-cache.ts'
export { systemClock, type Clock } from './clock.ts'
export type { BaselineOptions, BaselineScore, BaselineVerdict } from './comparison/baseline-verdict.ts'
export { describeAmount } from './comparison/describe-verdict.ts'
export { declaredScorers, scorerFingerprints } from './comparison/declared-scorers.ts'
export type { Verdict } from './comparison/score-comparison.ts'
export type { Dataset, DatasetContext, Rows } from './dataset/dataset.ts'
export { selectsAll, selectSamples, type Selection } from './dataset/select-samples.ts'
export type { RowPick, RowPicks, Sample } from './dataset/sample.ts'
export { inSeededOrder } from './dataset/seeded-order.ts'
export { EvalsError, messageOf, type EvalsErrorCode, type EvalsErrorOptions } from './errors.ts'
export { datasetIdentity, type DatasetIdentity } from './dataset/dataset-identity.ts'
export { readSamples, type SampleSource } from './dataset/read-samples.ts'
export { computeMetrics, type MetricValues } from './evaluate/compute-metrics.ts'
export { evaluate } from './evaluate/evaluate.ts'
export type {
  Evaluation,
  EvaluateOptions,
  EvaluateVariants,
  ScoredOutput,
  TaskContext,
  ValuesOf,
} from './evaluate/evaluate-options.ts'
export type { EvaluationEvent, EventSink, StartedEval } from './evaluate/evaluation-event.ts'
export { experimentStatus } from './evaluate/experiment-status.ts'
export { newRunName } from './evaluate/run-name.ts'
export { scoreOutput, type ScoreOutputOptions } from './evaluate/score-output.ts'
export type { AccountLimits } from './limiter/account-limits.ts'
export type { LimiterChange } from './limiter/limiter-change.ts'
export type { CallEstimate, CallOutcome, Limiter, Slot, SlotRequest } from './limiter/limiter.ts'
export type { RateLimits, RateState, ResponseHeaders } from './limiter/rate-headers.ts'
export { connectEndpoints } from './model/connect-endpoints.ts'
export { declaredRoles, declareRole } from './model/declared-roles.ts'
export { defineModel, type ModelCallOptions, type ModelDefinition } from './model/define-model.ts'
export type { EmbeddingModel, Embeddings, EmbedOptions } from './model/embedding-model.ts'
export {
  createModelResponse,
  isModelResponse,
  type FinishReason,
  type GenerateOptions,
  type LanguageModel,
  type Message,
  type MessagePart,
  type ModelChunk,
  type ModelResponse,
  type ModelResponseFields,
  type Prompt,
  type ToolCall,
  type ToolDefinition,
  type Usage,
} from './model/language-model.ts'
export type { ModelSettings } from './model/model-settings.ts'
export {
  defineModelProvider,
  isModelProvider,
  type Endpoint,
  type ModelCompute,
  type ModelProvider,
  type ModelProviderDefinition,
  type SetupContext,
} from './model/model-provider.ts'
export { modelForRole, useModelRoles, type ModelRoles } from './model/model-roles.ts'
export { pool, type PoolOptions } from './model/pool.ts'
export { currentAttemptReport, withAttemptReport, type AttemptReport } from './request/attempt-report.ts'
export type { CachedAnswer, CachedCall, CallCache, CallMaking } from './request/call-cache.ts'
export { ModelCallError, type CallErrorFacts, type CallFault } from './request/call-error.ts'
export type { AttemptContext, CacheUse, CallAnswer, ModelRequest } from './request/model-request.ts'
export { costOf, type Price } from './price/price.ts'
export { priceOf, priceTableDate } from './price/price-table.ts'
export { requestEngine, useRequestEngine, type RequestEngine } from './request/request-engine.ts'
export { interactive, patient, type RetryPolicy } from './request/retry-policy.ts'
export { runRequest } from './request/run-request.ts'
export { didYouMean, nearNames } from './near-names.ts'
export { countsInstead, type CountingFacts } from './record/counts-instead.ts'
export { evalKey, variantLabel } from './record/eval-key.ts'
export type {
  ModelCall,
  Outcome,
  RecordKey,
  SampleLimit,
  SampleRecord,
  StoredError,
  StoredScore,
  TraceEntry,
  Variant,
} from './record/record.ts'
export type { SampleLabel } from './record/sample-label.ts'
export { canonicalHash } from './stored-value/canonical-hash.ts'
export { decodeValue } from './stored-value/decode-value.ts'
export type { RecordEntry } from './record/record-entry.ts'
export { toStoredError } from './record/stored-error.ts'
export type { Attachment } from './record/value-storage.ts'
export type { Decision, RunReason, ScoreReason } from './resume/decide.ts'
export { describeDrift, type Drift, type ScorerDrift } from './resume/drift.ts'
export type { EvalFingerprint, TaskFingerprint } from './resume/eval-fingerprint.ts'
export { EvalHistory, type SampleHistory } from './resume/eval-history.ts'
export {
  beginResume,
  planResume,
  type BegunResume,
  type PlannedRepetition,
  type ResumePlan,
  type ResumeRequest,
} from './resume/plan-resume.ts'
export { readHistories, type HistoriesFilter } from './resume/read-histories.ts'
export type { ResumeMode } from './resume/resume-mode.ts'
export { StoredAnswers, type AnswersWanted } from './resume/stored-answers.ts'
export type { StoredFacts, StoredState } from './resume/stored-state.ts'
export { BatchCollector, type BatchOptions } from './sample/batch-collector.ts'
export type { PassWhen } from './sample/judge-sample.ts'
export type { BatchMember, BatchSetting, BatchTask } from './sample/run-batch.ts'
export { isSkip } from './sample/is-skip.ts'
export { runSample } from './sample/run-sample.ts'
export type { AssertionState, SampleJob, SamplePlan, SampleRun } from './sample/sample-job.ts'
export { scoreStored, type StoredAnswerJob } from './sample/score-stored.ts'
export type { SampleLimits } from './sample/sample-limits.ts'
export type { SampleScope } from './sample/sample-scope.ts'
export { simulateUser, type Conversation, type Reply, type SimulateUserOptions } from './scorers/judge/simulate-user.ts'
export type {
  Metric,
  ScoreDetails,
  ScoreFunction,
  Scorer,
  ScorerInput,
  ScorerResult,
  ScoreScale,
} from './scoring/scorer.ts'
export { declareScorers } from './scoring/declare-scorers.ts'
export { fingerprintsOf, scorerFingerprint } from './scoring/scorer-fingerprint.ts'
export { toScorers } from './scoring/to-scorers.ts'
export type { Estimate, Interval } from './stats/estimate.ts'
export { RunningMoments, type Moments } from './stats/running-moments.ts'
export type { ExperimentDocument, ExperimentStatus, RunInfo } from './store/experiment-document.ts'
export {
  attachmentUnreadable,
  experimentExists,
  experimentInUse,
  experimentUnknown,
} from './store/experiment-errors.ts'
export type {
  ExperimentLease,
  ExperimentListing,
  ExperimentStore,
  ScanFilter,
  StoreProblem,
} from './store/experiment-store.ts'
export { findBaseline } from './store/find-baseline.ts'
export { heartbeatMs, holdLease, type LeaseUpkeep } from './store/hold-lease.ts'
export { isStale, leaseWindowMs, thisProcess, type LeaseHolder } from './store/lease-holder.ts'
export { MemoryStore } from './store/memory-store.ts'
export { newestExperiment } from './store/newest-experiment.ts'
export { newestFirst } from './store/newest-first.ts'
export { parseDocument } from './store/parse-document.ts'
export { parseRecord } from './store/parse-record.ts'
export { rebuildDocument } from './store/rebuild-document.ts'
export { RecordPlaces } from './store/record-places.ts'
export { recountEvals } from './store/recount-evals.ts'
export { readEvalResults, readResults, type EvalResults, type ResultsFilter } from './store/read-results.ts'
export { scratchExperiments } from './store/scratch-experiments.ts'
export { nextUndeclared, type UndeclaredEval } from './store/undeclared-eval.ts'
export type {
  EvalSummary,
  SampleCounts,
  ScorerDeclaration,
  ScorerSummary,
  TagSummary,
  ThresholdVerdict,
} from './summary/eval-summary.ts'
export {
  estimateEval,
  type EvalEstimate,
  type ExpectedTotal,
  type ExpectedUse,
  type PilotTimes,
} from './summary/estimate-eval.ts'
export { allowedErrors, failingErrors, tooManyErrors } from './summary/error-rate.ts'
export { addUses, type ModelUse } from './summary/model-use.ts'
export { recordedSamples } from './summary/recorded-samples.ts'
export { keyOf, ResultSet } from './summary/result-set.ts'
export { toSampleResult, type ResultScore, type SampleResult, type UnscoredReason } from './summary/sample-result.ts'
export { summarizeEval, type EvalFacts } from './summary/summarize-eval.ts'
export { reduceScores } from './summary/reduce-scores.ts'
export { removedSamples, withRemoved, type RemovedSamples } from './store/removed-samples.ts'
export { whatCounts, type CountingScorers, type WhatCounts } from './store/what-counts.ts'
export { withoutUndefined } from './without-undefined.ts'
export { plainText } from './plain-text.ts'
export { totalCost, type TotalCost } from './summary/total-cost.ts'
export { thresholdOfTitle } from './summary/threshold-of-title.ts'
export { judgeThreshold, readThresholds, type Bound, type Threshold, type Thresholds } from './summary/threshold.ts'
