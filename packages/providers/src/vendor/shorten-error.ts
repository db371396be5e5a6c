/** An error page of a proxy has tens of thousands, and would be in each attempt's error. */
const mostCharacters = 1000

const deepestCause = 5

/** Cuts the messages of an error and its causes, where a server sent a whole page. */
export function shortenError(thrown: unknown, depth = 0): void {
  if (!(thrown instanceof Error) || depth > deepestCause) return
  shortenError(thrown.cause, depth + 1)
  const { message, stack } = thrown
  if (message.length <= mostCharacters) return
  thrown.message = `${message.slice(0, mostCharacters)}…`
  // V8 writes the message into it.
  if (stack !== undefined) thrown.stack = stack.replace(message, () => thrown.message)
}
