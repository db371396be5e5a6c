import type { Message } from '@evals/providers'
import { mock } from '@evals/providers/mock'

/** Writes an answer: copies the sentence that shares most words with the question. One question tempts it to invent. */
export const copyist = mock((prompt) => {
  const [, known = '', question = ''] = /Handbook:\n(.*)\n\nQuestion: (.*)$/s.exec(String(prompt)) ?? []
  if (question.includes('abroad')) return 'Delivery abroad costs 12 euros.'
  const asked = wordsOf(question)
  const likeness = (sentence: string) => [...wordsOf(sentence)].filter((word) => asked.has(word)).length
  return sentencesOf(known).toSorted((a, b) => likeness(b) - likeness(a))[0]!
})

/** Judges as `faithfulness` asks it to: takes an answer apart, then looks which statements a passage has word for word. */
export const wordForWord = mock((prompt) => {
  const parts = partsOf((prompt as readonly Message[]).map(({ content }) => String(content)).join('\n'))
  const statements = parts.filter(({ name }) => name.startsWith('statement'))
  if (statements.length === 0)
    return structured({ statements: sentencesOf(parts.find(({ name }) => name === 'text')!.text) })
  const passages = parts.filter(({ name }) => name.startsWith('context'))
  const verdicts = statements.map(({ text }, index) => {
    const isThere = passages.some((passage) => passage.text.includes(text))
    const explanation = isThere ? 'a passage says so' : 'no passage says so'
    return { number: index + 1, explanation, verdict: isThere ? 'yes' : 'no' }
  })
  return structured({ verdicts })
})

/** An answer to a call with a schema. */
function structured(object: object) {
  return { object, text: JSON.stringify(object) }
}

/** What a judge is shown stands between `<material-KEY name>` and `</material-KEY name>`. */
function partsOf(text: string): { name: string; text: string }[] {
  const parts = text.matchAll(/<material-\S+ ([^>]+)>\n(.*?)\n<\/material/gs)
  return Array.from(parts, ([, name, part]) => ({ name: name!, text: part! }))
}

function sentencesOf(text: string): string[] {
  return text.match(/[^.!?\n]+[.!?]/g)?.map((sentence) => sentence.trim()) ?? []
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[a-z]+/g))
}
