import type { SampleLabel, SampleRecord } from '@evals/core'
import type {
  ComparisonChoice,
  ComparisonView,
  DataSource,
  ExperimentOverview,
  ReportContents,
  ReportIndex,
  RowChunk,
  RowListener,
  SampleAddress,
  SourceDescription,
} from '../protocol.ts'
import { readPart, readPartBytes } from './report-part.ts'
import { SourceError } from './source-error.ts'

/** The data of a report: it lies compressed in the page itself. */
export class ReportSource implements DataSource {
  readonly #index: Promise<ReportIndex> = readPart<ReportIndex>('index')
  /** By experiment, the number of each sample's row. */
  readonly #rowNumbers = new Map<string, Promise<ReadonlyMap<string, number>>>()
  /** What was unpacked last: samples are looked at one after the other. */
  #unpacked: { readonly part: string; readonly records: Promise<readonly (SampleRecord | null)[]> } | undefined

  async describe(): Promise<SourceDescription> {
    const { comparison, createdAt } = await this.#index
    const title = `report of ${createdAt.slice(0, 16).replace('T', ' ')}`
    const [pair] = comparison?.pairs ?? []
    const comparisons = pair === undefined ? 'none' : { base: pair.base.experiment, other: pair.other.experiment }
    return { title, labels: false, comparisons }
  }

  async experiments(): Promise<readonly ExperimentOverview[]> {
    return (await this.#index).experiments
  }

  follow(name: string, after: number, listener: RowListener): () => void {
    let isFollowed = true
    const tell = async (): Promise<void> => {
      const contents = await this.#contents(name)
      if (contents === undefined) throw notInReport(name)
      listener.onDocument(contents.document)
      listener.onProblems(contents.problems)
      for (const { part, version } of contents.rows) {
        if (version <= after) continue
        const chunk = await readPart<RowChunk>(part)
        if (!isFollowed) return
        listener.onRows(chunk)
      }
      listener.onCaughtUp()
    }
    tell().catch((error: unknown) => listener.onFailure(error as Error))
    return () => {
      isFollowed = false
    }
  }

  async record(name: string, sample: SampleAddress): Promise<SampleRecord | undefined> {
    const contents = await this.#contents(name)
    if (contents === undefined) return undefined
    let numbers = this.#rowNumbers.get(name)
    if (numbers === undefined) this.#rowNumbers.set(name, (numbers = numberRows(contents)))
    const number = (await numbers).get(textOf(sample))
    const part = number === undefined ? undefined : contents.records[Math.floor(number / contents.recordsPerPart)]
    if (number === undefined || part === undefined) return undefined
    if (this.#unpacked?.part !== part) this.#unpacked = { part, records: readPart(part) }
    return (await this.#unpacked.records)[number % contents.recordsPerPart] ?? undefined
  }

  async attachment(name: string, sha256: string, mediaType: string): Promise<string> {
    const part = (await this.#contents(name))?.attachments[sha256]
    if (part === undefined) throw new SourceError('This attachment could not be read when the report was written.')
    return URL.createObjectURL(new Blob([await readPartBytes(part)], { type: mediaType }))
  }

  async labels(name: string): Promise<readonly SampleLabel[]> {
    return (await this.#contents(name))?.labels ?? []
  }

  async addLabel(): Promise<void> {
    throw new SourceError('A report cannot be changed: open the experiment with `evals view`.')
  }

  async compare({ base, others, by }: ComparisonChoice): Promise<ComparisonView> {
    const { comparison } = await this.#index
    const [pair] = comparison?.pairs ?? []
    const isThere = pair?.base.experiment === base && others.join() === pair.other.experiment && by === undefined
    if (comparison !== undefined && isThere) return comparison
    throw new SourceError('This comparison is not in the report: `evals report --compare` puts one in.')
  }

  async #contents(name: string): Promise<ReportContents | undefined> {
    const { contents } = await this.#index
    return Object.hasOwn(contents, name) ? contents[name] : undefined
  }
}

async function numberRows({ rows }: ReportContents): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>()
  for (const { part } of rows) {
    const { columns, evals, rows: numbersOfPart } = await readPart<RowChunk>(part)
    for (const [place, number] of numbersOfPart.entries()) {
      if (columns.outcome[place] === 'removed') continue
      const key = evals[columns.eval[place]!]!.key
      numbers.set(textOf({ key, id: columns.id[place]!, epoch: columns.epoch[place]! }), number)
    }
  }
  return numbers
}

function textOf({ key, id, epoch }: SampleAddress): string {
  return JSON.stringify([key, id, epoch])
}

function notInReport(name: string): SourceError {
  return new SourceError(`The experiment "${name}" is not in this report.`)
}
