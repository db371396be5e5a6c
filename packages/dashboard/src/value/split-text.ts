/** A text in pieces of about a size, cut behind the end of a line where one is near. Together they are the text. */
export function splitText(text: string, size: number): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + size)
    const line = end < text.length ? text.lastIndexOf('\n', end) + 1 : end
    if (line > start + size / 2) end = line
    // Not between the halves of a character.
    else if (end < text.length && !text.slice(start, end).isWellFormed()) end += 1
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}
