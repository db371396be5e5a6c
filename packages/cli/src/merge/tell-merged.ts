import { recordedSamples, tooManyErrors, type EvalSummary, type ExperimentDocument } from '@evals/core'
import { tellGates, type GatedEval } from '../experiment/tell-gates.ts'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write } from '../terminal/output.ts'

/** What came of a merge. */
export interface Merged {
  /** Records that the target lacked. */
  readonly added: number
  /** How many experiments were merged into it. */
  readonly from: number
  readonly evals: readonly EvalSummary[]
  readonly status: ExperimentDocument['status']
}

/** Tells people what came of a merge; the exit code is 1 where a gate is missed, or could have been judged and was not. */
export function tellMerged(target: string, { added, from, evals, status }: Merged): void {
  const merged = `${counted(added, 'record')} of ${counted(from, 'experiment')}`
  write(`Merged ${merged} into ${oneLine(target)}: ${counted(recordedSamples(evals), 'sample')}, ${status}.\n`)
  const isMissed = tellGates(evals.map(withErrorRate))
  const unjudged = evals.filter(isWhole).flatMap(({ thresholds }) => thresholds.filter(({ passed }) => passed === null))
  if (unjudged.length > 0) {
    const found = `${counted(unjudged.length, 'threshold')} could not be judged here`
    write(` ! No verdict: ${found}. \`evals run --experiment ${oneLine(target)}\` judges what is recorded.\n`)
  }
  if (unjudged.length > 0 || isMissed) process.exitCode = 1
}

/** Nothing of it is missing, so the merge had all it takes to judge it. */
function isWhole({ samples }: EvalSummary): boolean {
  return samples.missing + samples.cancelled === 0
}

/** Too many errors count as a missed gate here, since each shard counted only its own. */
function withErrorRate(summary: EvalSummary): GatedEval {
  const tooMany = tooManyErrors(summary)
  const { eval: name, thresholds } = summary
  return {
    eval: name,
    thresholds: tooMany === undefined ? thresholds : [{ passed: false, message: tooMany }, ...thresholds],
  }
}
