const beamWidth = 25

/** How the words of an output stand against those of a reference. */
export interface Alignment {
  /** For each word of the reference: the word of the output it stands at, or the one before it; -1 before the first. */
  readonly positions: readonly number[]
  /** Inserted or substituted words of the output. */
  readonly wrongWords: readonly boolean[]
  /** Missing or substituted words of the reference. */
  readonly wrongReference: readonly boolean[]
}

/**
 * The edit distance of words to one reference. Only cells within 25 of the diagonal are looked at, as in tercom, so the
 * distance can be larger than the least one where texts differ very much.
 */
export class BeamEditDistance {
  readonly #reference: readonly string[]

  constructor(reference: readonly string[]) {
    this.#reference = reference
  }

  /** Insertions, deletions and substitutions, each 1. */
  of(words: readonly string[]): number {
    const columns = this.#reference.length
    let previous = new Float64Array(columns + 1).map((_, column) => column)
    let row = new Float64Array(columns + 1).fill(Infinity)
    for (let index = 1; index <= words.length; index++) {
      const [from, to] = this.#beam(index, words.length)
      const [, next] = this.#beam(Math.min(index + 1, words.length), words.length)
      // Only what this row and the next one read: a whole row would cost more than its beam.
      row.fill(Infinity, Math.max(0, from - 1), Math.max(to, next))
      this.#fillRow(words[index - 1]!, { previous, row, from, to })
      ;[previous, row] = [row, previous]
    }
    return previous[columns]!
  }

  /** The alignment behind the distance. */
  align(words: readonly string[]): Alignment {
    const columns = this.#reference.length
    const rows = [new Float64Array(columns + 1).map((_, column) => column)]
    for (let index = 1; index <= words.length; index++) {
      const row = new Float64Array(columns + 1).fill(Infinity)
      const [from, to] = this.#beam(index, words.length)
      this.#fillRow(words[index - 1]!, { previous: rows[index - 1]!, row, from, to })
      rows.push(row)
    }
    return this.#trace(words, rows)
  }

  #beam(index: number, length: number): [from: number, to: number] {
    const columns = this.#reference.length
    const ratio = columns / length
    const width = beamWidth < ratio / 2 ? Math.ceil(ratio / 2 + beamWidth) : beamWidth
    const diagonal = Math.floor(index * ratio)
    return [Math.max(0, diagonal - width), index === length ? columns + 1 : Math.min(columns + 1, diagonal + width)]
  }

  #fillRow(word: string, { previous, row, from, to }: RowParts): void {
    for (let column = from; column < to; column++) {
      const deletion = previous[column]! + 1
      if (column === 0) {
        row[0] = deletion
        continue
      }
      const substitution = previous[column - 1]! + (word === this.#reference[column - 1] ? 0 : 1)
      row[column] = Math.min(substitution, deletion, row[column - 1]! + 1)
    }
  }

  /** Backwards through the cells; of equal ways the match or substitution, then the deletion, then the insertion. */
  #trace(words: readonly string[], rows: readonly Float64Array[]): Alignment {
    const positions = this.#reference.map(() => 0)
    const wrongWords = words.map(() => false)
    const wrongReference = this.#reference.map(() => false)
    let index = words.length
    let column = this.#reference.length
    while (index > 0 || column > 0) {
      const cost = rows[index]![column]!
      const differs = words[index - 1] !== this.#reference[column - 1]
      if (index > 0 && column > 0 && rows[index - 1]![column - 1]! + Number(differs) === cost) {
        index -= 1
        column -= 1
        positions[column] = index
        wrongWords[index] = differs
        wrongReference[column] = differs
      } else if (index > 0 && rows[index - 1]![column]! + 1 === cost) {
        index -= 1
        wrongWords[index] = true
      } else {
        column -= 1
        positions[column] = index - 1
        wrongReference[column] = true
      }
    }
    return { positions, wrongWords, wrongReference }
  }
}

interface RowParts {
  readonly previous: Float64Array
  readonly row: Float64Array
  readonly from: number
  readonly to: number
}
