import { defineDataset } from 'vitest-plugin-evals/datasets'

/** Tickets by month, under a name that `evals datasets` lists and each experiment keeps. */
export const ticketsByMonth = defineDataset({
  name: 'tickets-by-month',
  description: 'What customers wrote in spring',
  splits: ['march', 'april'],
  columns: ['text', 'expected'],
  load: ({ split }) => months[split as keyof typeof months],
})

const months = {
  march: [
    { text: 'What is the price of the lamp?', expected: 'billing' },
    { text: 'The parcel is at the wrong address.', expected: 'delivery' },
  ],
  april: [
    { text: 'The switch is broken.', expected: 'support' },
    { text: 'You charged me for a lamp that I sent back.', expected: 'billing' },
    { text: 'Nobody was at home. Will the driver come again?', expected: 'delivery' },
  ],
}
