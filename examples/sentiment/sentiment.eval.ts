import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { afinn } from './classifiers/afinn.ts'
import { vader } from './classifiers/vader.ts'
import { winkNlp } from './classifiers/wink-nlp.ts'
import { reviews, reviewSites } from './reviews.ts'

const test = evalTest.variants({ classifier: { afinn, vader, wink: winkNlp } })

for (const site of reviewSites) {
  test.each(reviews(site))(site, ({ text }, { classifier }) => classifier.classify(text), {
    scorers: [exactMatch()],
    thresholds: { exactMatch: 0.65 },
  })
}
