import { summarizeEval, type EvalFacts, type EvalSummary, type SampleResult } from '@evals/core'

/** A summary of `count` samples, of which `errors` ended in an error and four of five are right. */
export function makeSummary(
  name: string,
  {
    count = 200,
    errors = 0,
    facts = {},
    result = {},
  }: { count?: number; errors?: number; facts?: Partial<EvalFacts>; result?: Partial<SampleResult> } = {},
): Promise<EvalSummary> {
  const results = Array.from({ length: count }, (_, index): SampleResult => {
    const failed = index < errors
    const scores = { exactMatch: index % 5 === 0 ? 0 : 1, levenshtein: (index % 5) / 4 }
    return {
      id: `${index}`,
      epoch: 0,
      outcome: failed ? 'error' : 'scored',
      passed: failed ? null : true,
      scores: failed ? {} : scores,
      durationMs: 800 + index * 10,
      ...result,
    }
  })
  const scorers = [
    { name: 'exactMatch', kind: 'binary' as const },
    { name: 'levenshtein', kind: 'graded' as const, range: [0, 1] as const },
  ]
  return summarizeEval({ eval: `src/qa.eval.ts > ${name}`, variant: {}, planned: count, scorers, ...facts }, results)
}

/** Text without colours. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[\d+m/g, '')
}
