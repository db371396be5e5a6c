import { createRequire } from 'node:module'
import type { Sentiment } from './classifiers/sentiment-classifier.ts'

/** The datasets: where their sentences were reviews. */
export const reviewSites = ['amazon', 'imdb', 'yelp'] as const

/** Name of a dataset. */
export type ReviewSite = (typeof reviewSites)[number]

/** One sentence of a review with its label. */
export interface Review {
  readonly text: string
  readonly expected: Sentiment
}

/** A row as the npm package `sentiment` stores it. */
interface StoredReview {
  readonly text: string
  readonly class: 0 | 1 | null
}

const require = createRequire(import.meta.url)

/**
 * All 1,001 rows of a dataset: 500 positive and 500 negative sentences, and the file's last row, which has neither
 * text nor label. It is kept and counted as `negative`, so that n is the number of rows in the file.
 */
export function reviews(site: ReviewSite): Review[] {
  const rows = require(`sentiment/test/fixtures/${site}.json`) as StoredReview[]
  return rows.map((row) => ({ text: row.text, expected: row.class === 1 ? 'positive' : 'negative' }))
}
