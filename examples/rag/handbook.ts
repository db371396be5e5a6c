/** One passage of the handbook. */
export interface Passage {
  readonly id: string
  readonly text: string
}

/** The handbook of a lamp shop: what the assistant may know. */
export const handbook: readonly Passage[] = [
  { id: 'delivery', text: 'Parcels are delivered in three days. Delivery within the country is free above 50 euros.' },
  { id: 'returns', text: 'You can return a lamp within 30 days. We pay the money back when the lamp has arrived.' },
  { id: 'warranty', text: 'The warranty of every lamp is five years. It does not cover bulbs.' },
  { id: 'bulbs', text: 'Desk lamps take a small bulb, lanterns take a large bulb. Bulbs are not included.' },
  { id: 'hours', text: 'The shop is open from nine to six. On Sunday it is closed.' },
  { id: 'gift-cards', text: 'Gift cards are valid for three years. They cannot be turned into money.' },
]

/** Questions of customers, each with the passages that answer it. */
export const questions = [
  { id: 'return', question: 'Until when can I return a lamp?', expected: ['returns'] },
  { id: 'bulb', question: 'Which bulb do lanterns take?', expected: ['bulbs'] },
  { id: 'sunday', question: 'Is the shop open on Sunday?', expected: ['hours'] },
  { id: 'card', question: 'How long are gift cards valid?', expected: ['gift-cards'] },
  { id: 'broken', question: 'My desk lamp broke after a year. Do you repair it?', expected: ['warranty'] },
  { id: 'abroad', question: 'What does delivery abroad cost?', expected: ['delivery'] },
]
