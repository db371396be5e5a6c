import { expectedMissing, unusable } from '../text-scorer.ts'
import { askForObject, listIn, type ModelArguments, objectOf } from './ask-model.ts'
import { AnswerSimilarity, EmbeddingSimilarity } from './embedding-similarity.ts'
import { ListContains } from './list-contains.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** Arguments of autoevals' scorers of retrieval, besides output and expected. */
export interface RagasArguments extends ModelArguments {
  readonly input?: unknown
  readonly context?: unknown
  /** Of `AnswerRelevancy`: how many questions are made. Default 3. */
  readonly strictness?: number
  /** Of `AnswerCorrectness`. Default 0.75. */
  readonly factualityWeight?: number
  /** Of `AnswerCorrectness`. Default 0.25. */
  readonly answerSimilarityWeight?: number
}

type Ragas = ScorerWithPartial<string, RagasArguments, Promise<Score>>

const text = { type: 'string' }
const flag = { type: 'integer', enum: [0, 1] }
const listOf = (items: object): object => ({ type: 'array', items })

/** The share of the context's characters that stand in sentences which are relevant to the input. */
export const ContextRelevancy: Ragas = withPartial(
  'ContextRelevancy',
  async ({ output: _output, input, context, ...given }) => {
    const name = 'ContextRelevancy'
    const sentences = listOf(objectOf({ sentence: text, reasons: listOf(text) }))
    const instructions =
      'Copy from "context", word by word, the sentences that are needed to answer "input". None is an answer, too.'
    const answer = await askForObject(
      { scorer: name, instructions, parts: { input, context }, members: { sentences } },
      given,
    )
    const found = listIn(name, answer, 'sentences').map(({ sentence }) => String(sentence))
    const whole = Array.isArray(context) ? context.join('\n') : String(context)
    const length = found.reduce((sum, sentence) => sum + sentence.length, 0)
    return {
      name,
      score: whole === '' ? 0 : Math.min(1, length / whole.length),
      metadata: { relevantSentences: found },
    }
  },
)

/** The share of the statements in expected that the context attributes; 0 without any. */
export const ContextRecall: Ragas = withPartial(
  'ContextRecall',
  async ({ output: _output, expected, input, context, ...given }) => {
    const name = 'ContextRecall'
    const statements = listOf(objectOf({ statement: text, attributed: flag, reason: text }))
    const instructions =
      'Take "expected", an answer to "input", apart into statements. For each say whether it can be attributed to "context": 1, or 0.'
    const parts = { input, expected, context }
    const answer = await askForObject({ scorer: name, instructions, parts, members: { statements } }, given)
    return { name, score: shareOf(listIn(name, answer, 'statements'), 'attributed') }
  },
)

/** Whether the context was of use for expected. */
export const ContextPrecision: Ragas = withPartial(
  'ContextPrecision',
  async ({ output: _output, expected, input, context, ...given }) => {
    const name = 'ContextPrecision'
    const instructions = 'Was "context" of use to come to the answer "expected" to "input"? 1 if it was, else 0.'
    const parts = { input, expected, context }
    const answer = await askForObject(
      { scorer: name, instructions, parts, members: { reason: text, verdict: flag } },
      given,
    )
    const { verdict, reason } = answer
    if (verdict !== 0 && verdict !== 1) throw unusable(name, `the verdict is ${String(verdict)}, neither 0 nor 1`)
    return { name, score: verdict, metadata: { reason } }
  },
)

/** How alike the entities of expected and of the context are, by their embeddings. */
export const ContextEntityRecall: Ragas = withPartial(
  'ContextEntityRecall',
  async ({ output: _output, expected, context, ...given }) => {
    const name = 'ContextEntityRecall'
    const entitiesOf = async (whole: unknown): Promise<string[]> => {
      const instructions =
        'List the entities that "text" names: people, places, organisations, dates, things. Each once.'
      const question = { scorer: name, instructions, parts: { text: whole }, members: { entities: listOf(text) } }
      return listIn(name, await askForObject(question, given), 'entities').map(String)
    }
    const [wanted, found] = [await entitiesOf(expected), await entitiesOf(context)]
    const { embeddingModel, signal } = given
    const partial = { ...(embeddingModel && { embeddingModel }), ...(signal && { signal }) }
    const pairwiseScorer = EmbeddingSimilarity.partial(partial)
    const list = await ListContains({ output: found, expected: wanted, allowExtraEntities: true, pairwiseScorer })
    return { name, score: list.score, metadata: { contextEntities: found, expectedEntities: wanted } }
  },
)

/** The share of the output's statements that the context supports; 0 without any. */
export const Faithfulness: Ragas = withPartial('Faithfulness', async ({ output, input, context, ...given }) => {
  const name = 'Faithfulness'
  const take = 'Take "output", an answer to "input", apart into statements that can be understood by themselves.'
  const taken = await askForObject(
    { scorer: name, instructions: take, parts: { input, output }, members: { statements: listOf(text) } },
    given,
  )
  const statements = listIn(name, taken, 'statements').map(String)
  const check = 'For each of "statements" say whether it follows from "context": verdict 1, or 0.'
  const members = { faithfulness: listOf(objectOf({ statement: text, reason: text, verdict: flag })) }
  const checked = await askForObject(
    { scorer: name, instructions: check, parts: { context, statements }, members },
    given,
  )
  return { name, score: shareOf(listIn(name, checked, 'faithfulness'), 'verdict'), metadata: { statements } }
})

/** How near questions that the output would answer are to the input; 0 if the output is non-committal. */
export const AnswerRelevancy: Ragas = withPartial(
  'AnswerRelevancy',
  async ({ output, input, context, strictness = 3, ...given }) => {
    const name = 'AnswerRelevancy'
    const instructions =
      'Write a question to which "output" is the answer, given "context". "noncommittal" is 1 if the output evades the question.'
    const members = { question: text, noncommittal: flag }
    const question = { scorer: name, instructions, parts: { context, output }, members }
    const made = await Promise.all(Array.from({ length: strictness }, () => askForObject(question, given)))
    const questions = made.map((one) => String(one['question']))
    if (made.some(({ noncommittal }) => noncommittal === 1)) return { name, score: 0, metadata: { questions } }
    const expected = String(input)
    const alike = await Promise.all(questions.map((one) => EmbeddingSimilarity({ output: one, expected, ...given })))
    return {
      name,
      score: alike.reduce((sum, { score }) => sum + (score ?? 0), 0) / alike.length,
      metadata: { questions },
    }
  },
)

/**
 * F1 of the statements in output and expected, and their similarity, weighted. Without any statement there is no F1 and
 * no score (autoevals: NaN).
 */
export const AnswerCorrectness: Ragas = withPartial(
  'AnswerCorrectness',
  async ({ output, expected, input, ...rest }) => {
    const name = 'AnswerCorrectness'
    const { factualityWeight = 0.75, answerSimilarityWeight = 0.25, ...given } = rest
    if (expected === undefined) throw expectedMissing(name)
    if (factualityWeight < 0 || answerSimilarityWeight < 0) throw unusable(name, 'Weights must be non-negative')
    const weights = factualityWeight + answerSimilarityWeight
    if (weights === 0) throw unusable(name, 'At least one weight must be above 0')
    const instructions = `Take "output" and "expected", answers to "input", apart into statements. TP: those of "output" that "expected"
says too; FP: those of "output" that it does not say; FN: those of "expected" that are not in "output".`
    const members = { TP: listOf(text), FP: listOf(text), FN: listOf(text) }
    const answer = await askForObject(
      { scorer: name, instructions, parts: { input, expected, output }, members },
      given,
    )
    const [tp, fp, fn] = ['TP', 'FP', 'FN'].map((list) => listIn(name, answer, list).length) as [number, number, number]
    if (tp + fp + fn === 0) return { name, score: null, metadata: { ...answer } }
    const f1 = tp / (tp + (fp + fn) / 2)
    const alike =
      answerSimilarityWeight === 0 ? 0 : ((await AnswerSimilarity({ output, expected, ...given })).score ?? 0)
    const score = (factualityWeight * f1 + answerSimilarityWeight * alike) / weights
    return { name, score, metadata: { ...answer } }
  },
)

function shareOf(items: readonly Readonly<Record<string, unknown>>[], member: string): number {
  const holding = items.filter((item) => Number(item[member]) === 1).length
  return items.length === 0 ? 0 : holding / items.length
}
