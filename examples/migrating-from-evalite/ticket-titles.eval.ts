import { Levenshtein } from '@evals/core/scorers/autoevals'
import { evalTest, type Scorer } from 'vitest-plugin-evals'
import { ticketTitle } from './ticket-title.ts'
import { tickets } from './tickets.ts'

/** It fits into a line of the list of tickets. */
const short: Scorer<string, string> = {
  name: 'Short',
  kind: 'binary',
  score: ({ output }) => ({ score: output.length <= 30 ? 1 : 0, metadata: { characters: output.length } }),
}

const test = evalTest.variants({ sentence: { first: 'first', longest: 'longest' } })

test.each(tickets)('ticket titles', ({ input }, { sentence }) => ticketTitle(input, sentence), {
  scorers: [Levenshtein, short],
  epochs: 2,
  thresholds: { Levenshtein: 0.4, Short: 0.5 },
})
