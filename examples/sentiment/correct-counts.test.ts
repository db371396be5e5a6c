import { expect, test } from 'vitest'
import { afinn } from './classifiers/afinn.ts'
import { vader } from './classifiers/vader.ts'
import { winkNlp } from './classifiers/wink-nlp.ts'
import { reviews } from './reviews.ts'

test.each([
  ['afinn', 'amazon', afinn, 726],
  ['afinn', 'imdb', afinn, 765],
  ['afinn', 'yelp', afinn, 696],
  ['vader', 'amazon', vader, 754],
  ['vader', 'imdb', vader, 767],
  ['vader', 'yelp', vader, 722],
  ['wink-nlp', 'amazon', winkNlp, 818],
  ['wink-nlp', 'imdb', winkNlp, 782],
  ['wink-nlp', 'yelp', winkNlp, 731],
] as const)('%s on %s', async (name, site, createClassifier, expectedCorrect) => {
  const classifier = await createClassifier()
  const rows = reviews(site)
  let correct = 0
  for (const { text, expected } of rows) {
    if ((await classifier.classify(text)) === expected) correct += 1
  }

  expect({ name: classifier.name, rows: rows.length, correct }).toEqual({ name, rows: 1001, correct: expectedCorrect })
})

test.each(['amazon', 'imdb', 'yelp'] as const)('%s has one row without text, the last', (site) => {
  expect(reviews(site).flatMap(({ text }, index) => (text === '' ? [index] : []))).toEqual([1000])
})
