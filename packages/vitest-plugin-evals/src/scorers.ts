export { exactMatch, includes, levenshtein, matches, numericMatch, validJson } from '@evals/core/scorers'
export type {
  ExactMatchOptions,
  IncludesOptions,
  JsonSchema,
  LevenshteinOptions,
  MatchesOptions,
  NumericMatchOptions,
  ScorerOptions,
  ValidJsonOptions,
} from '@evals/core/scorers'
