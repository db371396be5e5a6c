/** What a model calls a tool with. Text that is no JSON stays text: that is the model's mistake, and no broken call. */
export function parseArguments(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
