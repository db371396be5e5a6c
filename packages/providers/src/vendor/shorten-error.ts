/** An error page of a proxy has tens of thousands, and would be in each attempt's error. */
const mostCharacters = 1000

/** Cuts an error's message, where a server sent a whole page. */
export function shortenError(thrown: unknown): void {
  if (!(thrown instanceof Error) || thrown.message.length <= mostCharacters) return
  const { message, stack } = thrown
  thrown.message = `${message.slice(0, mostCharacters)}…`
  // V8 writes the message into it.
  if (stack !== undefined) thrown.stack = stack.replace(message, () => thrown.message)
}
