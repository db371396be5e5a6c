/** What a tool returned, as the text that APIs take: a text as it is, all else as JSON. */
export function toolResultText(result: unknown): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? '')
}
