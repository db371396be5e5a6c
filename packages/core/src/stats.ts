export { adjustOverRun } from './comparison/adjust-over-run.ts'
export { compare, type CompareOptions } from './comparison/compare.ts'
export { toComparedResult, type ComparedResult, type ComparedSide } from './comparison/compared-result.ts'
export { describeChanges, describeDifference, describeVerdict, verdictNames } from './comparison/describe-verdict.ts'
export { judgeBaseline, notCompared, type BaselineSides } from './comparison/judge-baseline.ts'
export type {
  Comparison,
  FlippedSample,
  Flips,
  JudgedDifference,
  ScoreComparison,
  TagComparison,
  UnpairedCounts,
  UnpairedReason,
  Verdict,
} from './comparison/score-comparison.ts'
export { readStoredSide, toComparedSide, type StoredEval, type StoredSide } from './comparison/stored-side.ts'
export { calibrate, type Calibration, type CalibrateOptions, type LabelledSample } from './scorers/judge/calibrate.ts'
export { correctedPassRate, type CorrectedPassRate } from './scorers/judge/corrected-pass-rate.ts'
export { adjustPValues, type Adjustment } from './stats/adjust-p-values.ts'
export { allEqualInterval } from './stats/all-equal-interval.ts'
export { bonettPriceInterval, type DiscordantPairs } from './stats/bonett-price-interval.ts'
export { bootstrapMean, type Bootstrap, type BootstrapOptions } from './stats/bootstrap.ts'
export { brierScore, expectedCalibrationError } from './stats/calibration.ts'
export {
  classificationReport,
  confusionMatrix,
  type ClassFigures,
  type ClassificationReport,
  type ConfusionMatrix,
} from './stats/classification.ts'
export { ClusteredMoments } from './stats/clustered-moments.ts'
export { cohenKappa, type KappaWeights } from './stats/cohen-kappa.ts'
export type { Estimate, Interval } from './stats/estimate.ts'
export { estimateValues, type EstimateOptions } from './stats/estimate-values.ts'
export { fisherTest } from './stats/fisher-test.ts'
export { krippendorffAlpha, type MeasurementLevel } from './stats/krippendorff-alpha.ts'
export { mcnemarPower, type McnemarPlan } from './stats/mcnemar-power.ts'
export { mcnemarTest } from './stats/mcnemar.ts'
export { meanEstimate, type DeclaredMoments } from './stats/mean-estimate.ts'
export { newcombeInterval, type Proportion } from './stats/newcombe-interval.ts'
export { pairedDifference, type PairedScores } from './stats/paired-difference.ts'
export { percentile } from './stats/percentile.ts'
export {
  minimumDetectableDifference,
  power,
  sampleSize,
  type BinaryDesign,
  type GradedDesign,
  type PairedDesign,
} from './stats/power.ts'
export { proportionInterval, type ProportionMethod } from './stats/proportion-interval.ts'
export { predictionPoweredMean, type PredictionPowered } from './stats/prediction-powered-mean.ts'
export { roganGladen, type ImperfectTest } from './stats/rogan-gladen.ts'
export { RunningMoments, type Moments } from './stats/running-moments.ts'
export type { ScoreDifference, ScoreKind } from './stats/score-difference.ts'
export { sequentialTest, type SequentialTest, type SequentialTestOptions } from './stats/sequential-test.ts'
export { signFlipTest, type PermutationTest } from './stats/sign-flip-test.ts'
export { tInterval } from './stats/t-interval.ts'
export { unpairedDifference, type IndependentScores } from './stats/unpaired-difference.ts'
export { welchTest, type IndependentMean, type WelchTest } from './stats/welch-test.ts'
export { wilsonInterval } from './stats/wilson-interval.ts'
