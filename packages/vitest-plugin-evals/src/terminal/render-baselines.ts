import { evalKey, type BaselineVerdict, type EvalSummary } from '@evals/core'
import pc from 'picocolors'
import { plural } from './format.ts'

type Compared = EvalSummary & { readonly baseline: BaselineVerdict }

/** What the comparisons with a baseline say: a line per scorer, and what is left of it when all tests of the run count. */
export function renderBaselines(evals: readonly EvalSummary[]): string[] {
  const compared = evals.filter((summary): summary is Compared => summary.baseline !== undefined)
  return [...Map.groupBy(compared, ({ baseline }) => baseline.experiment)].flatMap(([name, group]) => [
    pc.dim(` Compared with ${name}`),
    ...group.flatMap(renderEval),
    ...renderRun(group),
  ])
}

function renderEval({ eval: key, variant, baseline: { gate, passed, message, scores } }: Compared): string[] {
  const name = evalKey(key, variant)
  // Without scores there is a reason.
  if (scores.length === 0)
    return [passed === false ? pc.red(`   ✗ ${name}: ${message}`) : pc.yellow(`   ? ${name}: ${message}`)]
  return scores.map(({ scorer, verdict, sentence, margin = 0 }) => {
    const line = `${name}  ${scorer} ${sentence}`
    const isBad = verdict === 'worse' || verdict === 'inconclusive'
    if (gate === 'notWorse' && isBad) return pc.red(`   ✗ ${line} ! misses the gate notWorse with margin ${margin}`)
    if (verdict === 'worse') return pc.red(`   ✗ ${line}`)
    return verdict === 'inconclusive' ? `   · ${line}` : pc.green(`   ✓ ${line}`)
  })
}

/** Each gate counts the scorers of its eval; of many evals some are worse or better by chance. */
function renderRun(group: readonly Compared[]): string[] {
  const scores = group.flatMap(({ baseline }) => baseline.scores)
  const tests = scores[0]?.inRun?.tests ?? 0
  const inGates = Math.max(0, ...scores.map((score) => score.tests))
  if (tests <= inGates) return []
  const count = (verdict: string): number => scores.filter(({ inRun }) => inRun?.verdict === verdict).length
  return [
    `   Over all ${plural(tests, 'test')} of the run (Holm): ${count('worse')} worse, ${count('better')} better, of ${plural(scores.length, 'score')}`,
  ]
}
