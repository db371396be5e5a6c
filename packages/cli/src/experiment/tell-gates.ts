import type { ThresholdVerdict } from '@evals/core'
import { oneLine } from '../terminal/one-line.ts'
import { write } from '../terminal/output.ts'

/** What was asked of an eval. */
export interface GatedEval {
  readonly eval: string
  readonly thresholds: readonly Pick<ThresholdVerdict, 'passed' | 'message'>[]
}

/** Writes a line for each threshold that does not hold or was not judged; returns whether any was missed. */
export function tellGates(evals: readonly GatedEval[]): boolean {
  const gates = evals.flatMap(({ eval: name, thresholds }) => thresholds.map((gate) => ({ ...gate, name })))
  for (const { passed, message, name } of gates) {
    if (passed !== true) write(` ${passed === false ? '✗' : '?'} ${oneLine(`${name}: ${message}`)}\n`)
  }
  return gates.some(({ passed }) => passed === false)
}
