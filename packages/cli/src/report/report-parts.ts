import { EvalsError, type ExperimentStore } from '@evals/core'
import { openLabels } from '@evals/storage'
import type { ComparisonView, ExperimentOverview, ReportContents, ReportIndex, ShownDocument } from '@evals/dashboard'
import { compareExperiments } from '../view/compare-experiments.ts'
import { ExperimentFeed } from '../view/experiment-feed.ts'
import { overviewOf } from '../view/experiment-overview.ts'

/** What a report is about. */
export interface ReportSubject {
  readonly store: ExperimentStore
  /** Of the store. */
  readonly url: string
  readonly experiment: string
  /** The experiment to compare with. */
  readonly base?: string
  /** Told about attachments that cannot be read. */
  readonly onProblem: (message: string) => void
}

/** A piece of a report's data, before it is compressed. */
export interface ReportPart {
  readonly name: string
  readonly bytes: Uint8Array
}

const rowsPerPart = 5_000
/** To read one sample, the page unpacks this many. */
const recordsPerPart = 100

/** The data of a report in parts, each of which the page unpacks when it is needed; the last one is the index. */
export async function* reportParts(subject: ReportSubject): AsyncGenerator<ReportPart> {
  const { store, experiment, base } = subject
  const names = base === undefined || base === experiment ? [experiment] : [experiment, base]
  const contents: [name: string, ReportContents][] = []
  const experiments: ExperimentOverview[] = []
  for (const [number, name] of names.entries()) {
    const written = yield* experimentParts(subject, name, `e${number}`)
    contents.push([name, written])
    experiments.push(overviewOf(written.document))
  }
  const comparison: ComparisonView | undefined =
    base === undefined ? undefined : await compareExperiments(store, { base, others: [experiment] })
  const index: ReportIndex = {
    experiments,
    contents: Object.fromEntries(contents),
    createdAt: new Date().toISOString(),
    ...(comparison === undefined ? {} : { comparison }),
  }
  yield json('index', index)
}

async function* experimentParts(
  subject: ReportSubject,
  experiment: string,
  prefix: string,
): AsyncGenerator<ReportPart, ReportContents> {
  const { store, url } = subject
  const feed = await ExperimentFeed.open({ store, url, root: process.cwd(), experiment })
  try {
    await feed.read()
    const rows = yield* rowParts(feed, prefix)
    const { records, blobs } = yield* recordParts(feed, prefix)
    const attachments = yield* attachmentParts({ ...subject, experiment }, blobs, prefix)
    const labels = await openLabels(url, { root: process.cwd(), experiment })
    const document = (await feed.document()) as ShownDocument
    return {
      document,
      problems: feed.problems,
      rows,
      records,
      recordsPerPart,
      labels: (await labels?.read()) ?? [],
      attachments,
    }
  } finally {
    feed.close()
  }
}

function* rowParts({ index }: ExperimentFeed, prefix: string): Generator<ReportPart, ReportContents['rows']> {
  const rows: { part: string; version: number }[] = []
  for (let version = 0; version < index.version;) {
    const chunk = index.changesAfter(version, rowsPerPart)
    version = chunk.version
    const part = `${prefix}-rows-${rows.length}`
    rows.push({ part, version })
    yield json(part, chunk)
  }
  return rows
}

/** @returns the names of the parts, and the SHA-256 of every attachment that the records name */
async function* recordParts(
  feed: ExperimentFeed,
  prefix: string,
): AsyncGenerator<ReportPart, { readonly records: string[]; readonly blobs: ReadonlySet<string> }> {
  const records: string[] = []
  const blobs = new Set<string>()
  for await (const lines of inParts(feed)) {
    for (const [, sha256 = ''] of lines.join('').matchAll(/"\$blob":"([0-9a-f]{64})"/g)) blobs.add(sha256)
    const name = `${prefix}-records-${records.length}`
    records.push(name)
    yield { name, bytes: Buffer.from(`[${lines.join(',')}]`) }
  }
  return { records, blobs }
}

async function* attachmentParts(
  { store, experiment, onProblem }: ReportSubject,
  blobs: ReadonlySet<string>,
  prefix: string,
): AsyncGenerator<ReportPart, ReportContents['attachments']> {
  const attachments: Record<string, string> = {}
  for (const sha256 of blobs) {
    const name = `${prefix}-${sha256}`
    try {
      yield { name, bytes: await store.readAttachment(experiment, sha256) }
      attachments[sha256] = name
    } catch (error) {
      // The page says so in its place.
      if (!EvalsError.isInstance(error)) throw error
      onProblem(error.message)
    }
  }
  return attachments
}

async function* inParts(feed: ExperimentFeed): AsyncGenerator<string[]> {
  let part: string[] = []
  for await (const record of feed.records()) {
    if (part.push(JSON.stringify(record ?? null)) < recordsPerPart) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

function json(name: string, value: unknown): ReportPart {
  return { name, bytes: Buffer.from(JSON.stringify(value)) }
}
