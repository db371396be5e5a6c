// What a support bot wrote to customers is made of these.
const courtesies = ['Thank you for writing.', 'I am sorry about that.', 'Happy to help.', 'Good question.', '']
const bodies = [
  'The parcel is on its way.',
  'Your refund will be there on Friday.',
  'Please send the order number, and I will look it up.',
  'The lamp takes a small bulb.',
  'We open at nine.',
]
const rudeness = ['Read the manual.', 'As I said before, twice.', 'That is your own fault.', 'Not my problem.']

/** One reply. */
export interface Reply {
  readonly id: string
  readonly text: string
}

/** A reply, and what a person who read it said of it. */
export interface LabelledReply extends Reply {
  readonly isPolite: boolean
}

/** Replies that differ; of every ten, seven are polite. */
function write(count: number, from: number): LabelledReply[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index
    const isPolite = number % 10 < 7
    const parts = [courtesies[(number * 3) % courtesies.length]!, bodies[(number * 7) % bodies.length]!]
    if (!isPolite) parts.push(rudeness[number % rudeness.length]!)
    const text = parts.filter((part) => part !== '').join(' ')
    return { id: `reply-${number}`, text: `${text} (Case ${number})`, isPolite }
  })
}

/** Replies that people have labelled, for the calibration. */
export const labelledReplies: readonly LabelledReply[] = write(120, 0)

/** Replies that only the judge sees. Here the truth is known, so that the test can look whether the correction finds it. */
export const newReplies: readonly Reply[] = write(200, 1000).map(({ id, text }) => ({ id, text }))

/** The share of polite ones among the new replies. */
export const trueRate = 0.7
