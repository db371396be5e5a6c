import { evalTest } from 'vitest-plugin-evals'
import { fromCsv, fromJsonl, fromYaml } from 'vitest-plugin-evals/datasets'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { routeTicket } from './route-ticket.ts'
import { ticketsByMonth } from './tickets.dataset.ts'

interface Ticket {
  readonly id: string
  readonly text: string
  readonly expected: string
}

const scorers = [exactMatch()]

// One row a line: read row by row, so that `--limit 2` reads two.
evalTest.each(fromJsonl<Ticket>('data/tickets.jsonl'))('jsonl', ({ text }) => routeTicket(text), { scorers })

// The right answer is in a column of another name; `tags` is a column that is known.
evalTest.each(fromCsv('data/tickets.csv'))('csv', ({ text = '' }) => routeTicket(text), { expected: 'team', scorers })

// A list at the top, or a document for each row.
evalTest.each(fromYaml<Ticket>('data/tickets.yaml'))('yaml', ({ text }) => routeTicket(text), { scorers })

// Its first split is read unless another one is named.
evalTest.each(ticketsByMonth)('march', ({ text }) => routeTicket(text), { scorers })
evalTest.each(ticketsByMonth.split('april'))('april', ({ text }) => routeTicket(text), { scorers })
