import { type SentimentClassifier, sentimentOf } from './sentiment-classifier.ts'

/** VADER rules and word list (npm `vader-sentiment`): its compound score, in [-1, 1]. */
export async function vader(): Promise<SentimentClassifier> {
  const { SentimentIntensityAnalyzer } = await import('vader-sentiment')
  return {
    name: 'vader',
    classify: (text) => sentimentOf(SentimentIntensityAnalyzer.polarity_scores(text).compound),
  }
}
