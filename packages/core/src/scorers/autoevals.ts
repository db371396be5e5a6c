export { init, type Defaults, type ModelArguments, type Moderate } from './autoevals/ask-model.ts'
export {
  Battle,
  ClosedQA,
  Factuality,
  Humor,
  Possible,
  Security,
  Sql,
  Summary,
  Translation,
  type ClassifierArguments,
} from './autoevals/classifiers.ts'
export { AnswerSimilarity, EmbeddingSimilarity, type SimilarityArguments } from './autoevals/embedding-similarity.ts'
export { ExactMatch } from './autoevals/exact-match.ts'
export { JSONDiff, type JsonDiffArguments } from './autoevals/json-diff.ts'
export { Levenshtein, Levenshtein as LevenshteinScorer } from './autoevals/levenshtein.ts'
export { ListContains, type ListContainsArguments } from './autoevals/list-contains.ts'
export { Moderation, type ModerationArguments } from './autoevals/moderation.ts'
export { NumericDiff } from './autoevals/numeric-diff.ts'
export type { Score, ScorerArgs, ScorerWithPartial } from './autoevals/partial.ts'
export {
  AnswerCorrectness,
  AnswerRelevancy,
  ContextEntityRecall,
  ContextPrecision,
  ContextRecall,
  ContextRelevancy,
  Faithfulness,
  type RagasArguments,
} from './autoevals/ragas.ts'
export { ValidJSON, type ValidJsonArguments } from './autoevals/valid-json.ts'
