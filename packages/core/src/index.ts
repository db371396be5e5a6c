export { systemClock, type Clock } from './clock.ts'
export type { Dataset, DatasetContext, Rows } from './dataset/dataset.ts'
export { selectSamples, type Selection } from './dataset/select-samples.ts'
export type { RowPick, RowPicks, Sample } from './dataset/sample.ts'
export { EvalsError, messageOf, type EvalsErrorCode, type EvalsErrorOptions } from './errors.ts'
export { defineModel, type ModelDefinition } from './model/define-model.ts'
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
export { evalKey, variantLabel } from './record/eval-key.ts'
export type {
  ModelCall,
  Outcome,
  RecordKey,
  SampleRecord,
  StoredError,
  StoredScore,
  TraceEntry,
  Variant,
} from './record/record.ts'
export { decodeValue } from './stored-value/decode-value.ts'
export type { RecordEntry } from './record/record-entry.ts'
export { toStoredError } from './record/stored-error.ts'
export type { Attachment } from './record/value-storage.ts'
export type { PassWhen } from './sample/judge-sample.ts'
export { runSample } from './sample/run-sample.ts'
export type { AssertionState, SampleJob, SamplePlan, SampleRun } from './sample/sample-job.ts'
export type { SampleScope } from './sample/sample-scope.ts'
export type {
  Metric,
  ScoreDetails,
  ScoreFunction,
  Scorer,
  ScorerInput,
  ScorerResult,
  ScoreScale,
} from './scoring/scorer.ts'
export { toScorers } from './scoring/to-scorers.ts'
export type { Estimate, Interval } from './stats/estimate.ts'
export { RunningMoments } from './stats/running-moments.ts'
export type { ExperimentDocument, ExperimentStatus, RunInfo } from './store/experiment-document.ts'
export type { ExperimentListing, ExperimentStore, ScanFilter, StoreProblem } from './store/experiment-store.ts'
export { MemoryStore } from './store/memory-store.ts'
export { readResults, type ResultsFilter } from './store/read-results.ts'
export type {
  EvalSummary,
  SampleCounts,
  ScorerDeclaration,
  ScorerSummary,
  TagSummary,
  ThresholdVerdict,
} from './summary/eval-summary.ts'
export { keyOf, ResultSet } from './summary/result-set.ts'
export { toSampleResult, type ResultScore, type SampleResult } from './summary/sample-result.ts'
export { summarizeEval, type EvalFacts } from './summary/summarize-eval.ts'
export { loadEstimates } from './summary/summarize-scores.ts'
export { judgeThreshold, readThresholds, type Bound, type Threshold, type Thresholds } from './summary/threshold.ts'
