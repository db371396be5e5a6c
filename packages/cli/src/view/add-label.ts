import type { IncomingMessage } from 'node:http'
import type { SampleLabel } from '@evals/core'
import { openLabels } from '@evals/storage'
import type { ViewRequest } from './routes.ts'

const longestLabel = 100_000

/** Keeps a label that the page sent. */
export async function addLabel({ request, response, query, url, root, store, isLabelled }: ViewRequest): Promise<void> {
  const name = query.get('name') ?? ''
  // Another site could send a form without asking, but not JSON.
  const isJson = request.headers['content-type'] === 'application/json'
  const body = isJson ? await bodyOf(request, longestLabel) : undefined
  const label = body === undefined ? undefined : readLabel(body)
  const labels = isLabelled ? await openLabels(url, { root, experiment: name }) : undefined
  if (label === undefined || labels === undefined || (await store.readDocument(name)) === undefined) {
    response.writeHead(400, { 'Content-Type': 'text/plain' }).end('This is no label, or nothing that can have one.')
    return
  }
  await labels.append(label)
  response.writeHead(204).end()
}

/** The body of a request as text; `undefined` if it is longer than `longest` characters. */
async function bodyOf(request: IncomingMessage, longest: number): Promise<string | undefined> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) {
    text += String(piece)
    if (text.length > longest) return undefined
  }
  return text
}

/** Only the fields of a label, each of its type. */
function readLabel(body: string): SampleLabel | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { eval: name, variant, id, epoch, label, note } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || typeof id !== 'string' || typeof epoch !== 'number' || typeof note !== 'string')
    return undefined
  if (label !== 'good' && label !== 'bad' && label !== null) return undefined
  if (typeof variant !== 'object' || variant === null) return undefined
  const values = Object.fromEntries(Object.entries(variant).map(([dimension, of]) => [dimension, String(of)]))
  return { eval: name, variant: values, id, epoch, label, note, at: new Date().toISOString() }
}
