import type { Scorer } from '../scoring/scorer.ts'
import { scoreOutput } from './score-output.ts'

declare const any: Scorer
declare const ofText: Scorer<unknown, string>
declare const ofFacts: Scorer<unknown, string, Readonly<Record<string, string>>>

// Scorers may be of the answer's own types, or of any.
void scoreOutput({ output: 'x', scorers: [any, ofText, ({ output }) => output.length < 10] })
void scoreOutput({ input: 1, output: 'x', expected: { day: 'Monday' }, scorers: [ofFacts, any] })
void scoreOutput({ output: ['x'], expected: ['x'], scorers: [({ output, expected }) => output[0] === expected[0]] })

// @ts-expect-error -- it judges texts
void scoreOutput({ output: 1, scorers: [ofText] })

// @ts-expect-error -- it compares with facts
void scoreOutput({ output: 'x', expected: 'Monday', scorers: [ofFacts] })
