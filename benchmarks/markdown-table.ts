/** Median, least and greatest of some measurements, as `spreadOf` gives them. */
interface Range {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** `3.61 (3.33–3.89)`: median, least and greatest; only `3.61` of a single measurement. */
export function range(
  { median, min, max }: Range,
  { divisor, digits }: { readonly divisor: number; readonly digits: number },
): string {
  const [middle, least, greatest] = [median, min, max].map((value) => (value / divisor).toFixed(digits))
  return min === max ? middle! : `${middle} (${least}–${greatest})`
}

/** With commas between thousands. */
export function integer(value: number): string {
  return value.toLocaleString('en')
}
