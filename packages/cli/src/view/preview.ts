const longest = 200

/** The beginning of a stored value as one line, for a table. */
export function preview(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : typeof value === 'object' ? previewObject(value) : String(value)
  // Collapsing the white space of megabytes would take longer than all else.
  const line = text
    .slice(0, 2 * longest)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** An object with one text, such as `{ "question": "…" }`, is that text. */
function previewObject(value: object | null): string {
  const members = value === null || Array.isArray(value) ? [] : Object.values(value)
  if (members.length === 1 && typeof members[0] === 'string') return members[0]
  return JSON.stringify(value)
}
