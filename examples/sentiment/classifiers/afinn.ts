import { type SentimentClassifier, sentimentOf } from './sentiment-classifier.ts'

/** AFINN word list (npm `sentiment`): the sum of the integer valences of the words it knows. */
export async function afinn(): Promise<SentimentClassifier> {
  const { default: Sentiment } = await import('sentiment')
  const analyzer = new Sentiment()
  return { name: 'afinn', classify: (text) => sentimentOf(analyzer.analyze(text).score) }
}
