// The code of docs/scorers.md, so that the compiler sees it; a test compares the two.
import type { Scorer, ScorerInput } from '../scoring/scorer.ts'
import type { Thresholds } from '../summary/threshold.ts'
import {
  all,
  bleu,
  chrf,
  classification,
  exactMatch,
  includes,
  isRefusal,
  map,
  ndcg,
  not,
  numericMatch,
  recallAtK,
  rouge,
  ter,
  tokenF1,
  toolCalls,
  trajectory,
  weighted,
} from '../scorers.ts'

const answers = [exactMatch({ ignoreCase: true, trimPunctuation: true }), tokenF1(), numericMatch({ from: 'last' })]

const finalAnswer = (output: unknown) => /ANSWER: *(.+)$/m.exec(String(output))?.[1]
const graded = map(exactMatch({ trimPunctuation: true }), { output: finalAnswer })

const translation = {
  scorers: [bleu(), chrf({ wordOrder: 2 }), ter()],
  thresholds: { bleu: { corpus: 30 }, ter: { corpus: { atMost: 55 } } },
}

const labels = {
  scorers: [classification({ labels: ['spam', 'ham'] })],
  thresholds: { classification: { macroF1: 0.9, 'recall.spam': 0.95 } },
}

const tools = [
  toolCalls({ mode: 'subset', arguments: 'partial' }),
  trajectory({ steps: ({ trace }) => trace.flatMap((step) => (step.type === 'span' ? [step.name] : [])) }),
]

const retrieved = ({ metadata }: ScorerInput) => metadata['ids'] as string[]
const retrieval = [recallAtK({ k: 10, retrieved }), ndcg({ k: 10, retrieved })]

const quality = weighted([
  [all([includes(), not(isRefusal())], { name: 'answers' }), 2],
  [rouge({ type: 'rougeL', stem: true }), 1],
])

/** Each example, as it would be used. */
export const examples: { readonly scorers: readonly Scorer[]; readonly thresholds: readonly Thresholds[] } = {
  scorers: [...answers, graded, ...translation.scorers, ...labels.scorers, ...tools, ...retrieval, quality],
  thresholds: [translation.thresholds, labels.thresholds],
}
