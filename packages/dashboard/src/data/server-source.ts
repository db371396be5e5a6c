import type { SampleLabel, SampleRecord, StoreProblem } from '@evals/core'
import type {
  ComparisonChoice,
  ComparisonView,
  DataSource,
  ExperimentOverview,
  RowChunk,
  RowListener,
  SampleAddress,
  SourceDescription,
  ShownDocument,
} from '../protocol.ts'
import { SourceError } from './source-error.ts'

type Query = Readonly<Record<string, string | number | readonly string[]>>

/** The data of `evals view`, from the server the page came from. Addresses are relative: they hold the page's token. */
export class ServerSource implements DataSource {
  describe(): Promise<SourceDescription> {
    return get('source')
  }

  experiments(): Promise<readonly ExperimentOverview[]> {
    return get('experiments')
  }

  follow(name: string, after: number, listener: RowListener): () => void {
    const events = new EventSource(address('rows', { name, after }))
    const on = <Data>(type: string, tell: (data: Data) => void): void =>
      events.addEventListener(type, ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Data))
    on('rows', (chunk: RowChunk) => listener.onRows(chunk))
    on('document', (document: ShownDocument) => listener.onDocument(document))
    on('problems', (problems: readonly StoreProblem[]) => listener.onProblems(problems))
    on('caught-up', () => listener.onCaughtUp())
    on('gone', () => listener.onFailure(new SourceError(`The experiment "${name}" was deleted.`)))
    on('end', () => events.close())
    // The browser connects again by itself, unless the server refused.
    events.addEventListener('error', () => {
      if (events.readyState === EventSource.CLOSED) {
        listener.onFailure(new SourceError(`The experiment "${name}" is not there, or it is not served any more.`))
      }
    })
    return () => events.close()
  }

  async record(name: string, { key, id, epoch }: SampleAddress): Promise<SampleRecord | undefined> {
    return found(await request(address('record', { name, key, id, epoch })))
  }

  async attachment(name: string, sha256: string, mediaType: string): Promise<string> {
    return address('attachment', { name, sha256, type: mediaType })
  }

  labels(name: string): Promise<readonly SampleLabel[]> {
    return get('labels', { name })
  }

  async addLabel(name: string, label: SampleLabel): Promise<void> {
    const headers = { 'Content-Type': 'application/json' }
    await request(address('labels', { name }), { method: 'POST', headers, body: JSON.stringify(label) })
  }

  compare({ base, others, by }: ComparisonChoice): Promise<ComparisonView> {
    return get('compare', { base, other: others, ...(by !== undefined && { by }) })
  }
}

function address(path: string, query: Query = {}): string {
  const values = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]))
  const text = new URLSearchParams(values).toString()
  return `api/${path}${text === '' ? '' : `?${text}`}`
}

async function get<Value>(path: string, query?: Query): Promise<Value> {
  const response = await request(address(path, query))
  if (!response.ok) throw new SourceError(await response.text())
  return (await response.json()) as Value
}

/** The value of an answer; `undefined` where there is no such thing. */
async function found<Value>(response: Response): Promise<Value | undefined> {
  return response.status === 404 ? undefined : (((await response.json()) as Value | null) ?? undefined)
}

async function request(url: string, init?: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch {
    throw new SourceError('`evals view` does not answer: it has ended, or was stopped. Start it again.')
  }
  if (response.ok || response.status === 404) return response
  throw new SourceError((await response.text()) || `The server answered ${response.status}.`)
}
