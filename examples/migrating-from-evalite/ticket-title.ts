/** The application: a title for a customer's message, made of its first or its longest sentence. */
export function ticketTitle(text: string, sentence: 'first' | 'longest'): string {
  const sentences = text.match(/[^.!?]+/g)!.map((part) => part.trim())
  return sentence === 'first' ? sentences[0]! : sentences.toSorted((a, b) => b.length - a.length)[0]!
}
