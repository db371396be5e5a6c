import { type SentimentClassifier, sentimentOf } from './sentiment-classifier.ts'

/** wink-nlp with its small English model: the sentiment of the whole document, in [-1, 1]. */
export async function winkNlp(): Promise<SentimentClassifier> {
  const [{ default: createNlp }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ])
  const nlp = createNlp(model)
  return {
    name: 'wink-nlp',
    // `Number`, because `out` is typed as `number | string` whatever it is asked for.
    // oxlint-disable-next-line typescript/unbound-method -- wink-nlp takes its `its` functions as keys
    classify: (text) => sentimentOf(Number(nlp.readDoc(text).out(nlp.its.sentiment))),
  }
}
