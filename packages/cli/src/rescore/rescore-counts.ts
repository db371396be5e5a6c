import { evalKey, type EvalSummary, type SampleRecord } from '@evals/core'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write } from '../terminal/output.ts'
import type { RescorePlan } from './plan-rescore.ts'
import type { RescoredRecord } from './rescore-record.ts'

const { formatMean } = await import('vitest-plugin-evals/cli')

/** What came of a rescoring, counted in samples (× epochs × variants). */
export class RescoreCounts {
  /** Outputs that were scored. */
  scored = 0
  /** Those of `scored` on which a scorer failed. */
  failed = 0
  /** Those of `scored` that no run had scored to the end. */
  unscoredBefore = 0
  /** Without an output to score. */
  takenOver = 0

  add(stored: SampleRecord, { entry: { record }, isTakenOver }: RescoredRecord): void {
    if (isTakenOver) {
      this.takenOver += 1
      return
    }
    this.scored += 1
    if (record.passed === null) this.failed += 1
    if (stored.outcome !== 'scored') this.unscoredBefore += 1
  }

  tellScored(): string {
    return `${counted(this.scored, 'output was', 'outputs were')} scored`
  }

  /** Tells people what came of it. */
  report(
    experiment: string,
    { plan, summaries }: { readonly plan: RescorePlan; readonly summaries: readonly EvalSummary[] },
  ): void {
    const done = [...plan.evals.values()].reduce((sum, eval_) => sum + eval_.done, 0)
    const facts = [
      this.tellScored(),
      ...(done > 0 ? [`${counted(done, 'was', 'were')} done before an interruption`] : []),
      ...(this.unscoredBefore > 0 ? [`${this.unscoredBefore.toLocaleString('en')} of them had never been scored`] : []),
      ...(this.failed > 0 ? [`a scorer failed on ${this.failed.toLocaleString('en')}`] : []),
      ...(this.takenOver > 0 ? [`${counted(this.takenOver, 'sample has', 'samples have')} no output to score`] : []),
    ]
    write(`${oneLine(experiment)}: ${facts.join(', ')}.\n`)
    for (const { eval: name, variant, scorers } of summaries) {
      const key = evalKey(name, variant)
      const { revision, scorers: used } = plan.evals.get(key)!
      write(
        ` ${oneLine(key)}, revision ${revision}: ${used.map((scorer) => meanOf(scorer.name, scorers)).join(', ')}\n`,
      )
    }
    write('Earlier scores stay in the history: `evals show EXPERIMENT --sample ID` has all.\n')
  }
}

function meanOf(name: string, scorers: EvalSummary['scorers']): string {
  const mean = scorers[name]?.mean ?? null
  return `${oneLine(name)} ${mean === null ? '–' : formatMean(mean)}`
}
