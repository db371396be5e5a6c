import type { ModelResponse } from '../model/language-model.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { evaluate } from './evaluate.ts'

interface Row {
  readonly question: string
  readonly answer: string
}

const rows: readonly Row[] = []
declare const exact: Scorer
declare function ask(question: string, shots: number): Promise<ModelResponse>

// Rows, the values of variants and outputs are known to task, options and scorers.
void evaluate({
  name: 'capitals',
  data: rows,
  variants: { shots: { none: () => 0, three: () => 3 } },
  expected: 'answer',
  task: (row, { shots, signal }) => {
    signal.throwIfAborted()
    return ask(row.question, shots)
  },
  scorers: [exact, ({ output }) => output.length < 10],
})

void evaluate({
  name: 'capitals',
  data: async function* read() {
    yield* rows
  },
  task: ({ answer }) => ({ answer }),
  scorers: [({ output }) => output.answer === 'Paris'],
})

// @ts-expect-error -- no such column
void evaluate({ name: 'capitals', data: rows, expected: 'label', task: () => '' })

// @ts-expect-error -- no such dimension
void evaluate({ name: 'capitals', data: rows, task: (_row, { model }) => String(model) })
