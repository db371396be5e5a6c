/** What a review says of its subject. */
export type Sentiment = 'positive' | 'negative'

/** The port every classifier implements: a word list answers at once, an API model with a promise. */
export interface SentimentClassifier {
  readonly name: string
  classify(text: string): Sentiment | Promise<Sentiment>
}

/** Reads a signed score as a sentiment. 0, which also means "no known word", counts as positive. */
export function sentimentOf(score: number): Sentiment {
  return score >= 0 ? 'positive' : 'negative'
}
