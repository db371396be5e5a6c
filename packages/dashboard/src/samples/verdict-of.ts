/** How a sample ended in one word; `unjudged`: nobody can say whether it passed, as a scorer or `passWhen` failed. */
export function verdictOf(outcome: string, passed: boolean | null): string {
  if (outcome !== 'scored') return outcome
  return passed === null ? 'unjudged' : passed ? 'passed' : 'failed'
}
