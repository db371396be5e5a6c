/** The characters that charts are drawn with. */
export interface ChartGlyphs {
  readonly line: string
  readonly interval: string
  readonly value: string
  readonly zero: string
  /** From nothing to most. */
  readonly levels: string
}

/** For terminals that show more than ASCII. */
export const unicodeGlyphs: ChartGlyphs = { line: '─', interval: '━', value: '●', zero: '│', levels: '▁▂▃▄▅▆▇█' }

/** For files, pipes and terminals without colours. */
export const asciiGlyphs: ChartGlyphs = { line: '-', interval: '=', value: 'o', zero: '|', levels: '_.:-=+*#' }

/** A value with its interval on a line. */
export interface IntervalBar {
  /** What the ends of the line stand for; `from` is less than `to`. */
  readonly from: number
  readonly to: number
  readonly value: number
  readonly interval: readonly [lower: number, upper: number] | null
  /** In columns. */
  readonly width: number
}

/** A line from end to end, with a mark where 0 is between them. What lies outside is drawn at the end. */
export function drawInterval({ from, to, value, interval, width }: IntervalBar, glyphs: ChartGlyphs): string {
  const at = (x: number): number => Math.round(((Math.min(Math.max(x, from), to) - from) / (to - from)) * (width - 1))
  const cells = Array.from({ length: width }, () => glyphs.line)
  if (interval !== null) cells.fill(glyphs.interval, at(interval[0]), at(interval[1]) + 1)
  if (from < 0 && to > 0) cells[at(0)] = glyphs.zero
  cells[at(value)] = glyphs.value
  return cells.join('')
}

/** A column per bin, as high as its count; a bin that is not empty is never drawn as one that is. */
export function drawDistribution(counts: readonly number[], { levels }: ChartGlyphs): string {
  const most = Math.max(1, ...counts)
  return counts.map((count) => levels[Math.ceil((count / most) * (levels.length - 1))]).join('')
}

/** How many values fall into each of `bins` equal parts from `from` to `to`. */
export function countBins(
  values: readonly number[],
  { from, to, bins }: { readonly from: number; readonly to: number; readonly bins: number },
): number[] {
  const counts = Array.from({ length: bins }, () => 0)
  for (const value of values) {
    const bin = to > from ? Math.floor(((value - from) / (to - from)) * bins) : 0
    counts[Math.min(Math.max(bin, 0), bins - 1)]! += 1
  }
  return counts
}
