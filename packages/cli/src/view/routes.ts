import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExperimentStore } from '@evals/core'
import { maskStorageUrl, openLabels } from '@evals/storage'
import type { SampleAddress, SourceDescription } from '@evals/dashboard'
import { notInStore } from '../experiment/not-in-store.ts'
import { compareExperiments } from './compare-experiments.ts'
import type { DashboardFiles } from './dashboard-files.ts'
import type { ExperimentFeed } from './experiment-feed.ts'
import type { ExperimentFeeds } from './experiment-feeds.ts'
import { listOverviews } from './experiment-overview.ts'
import { addLabel } from './add-label.ts'
import type { AdmittedRequest } from './request-guard.ts'
import type { RunningFigures } from './running-figures.ts'
import { sendEvents } from './send-events.ts'

/** A store that people look at. */
export interface ViewedStore {
  readonly store: ExperimentStore
  /** Of the store. */
  readonly url: string
  /** Absolute path that a relative path in the URL is resolved against. */
  readonly root: string
  /** Whether people may add labels, if the store can keep them. */
  readonly isLabelled: boolean
}

/** All that a route answers with. */
export interface ViewRequest extends AdmittedRequest, ViewedStore {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly feeds: ExperimentFeeds
  readonly figures: RunningFigures
  readonly page: DashboardFiles
}

type Route = (request: ViewRequest) => Promise<void>

/** By method and path behind the token. */
export const routes: Readonly<Record<string, Route | undefined>> = {
  'GET ': async ({ response, page }) => send(response, 'text/html', page.html),
  'GET dashboard.js': async ({ response, page }) => send(response, 'text/javascript', page.script),
  'GET dashboard.css': async ({ response, page }) => send(response, 'text/css', page.style),
  'GET api/source': async ({ response, ...view }) => sendJson(response, await describeSource(view)),
  'GET api/experiments': async ({ response, store, figures }) =>
    sendJson(response, await listOverviews(store, figures)),
  'GET api/rows': async ({ response, ...view }) => {
    const lastSeen = view.request.headers['last-event-id'] ?? view.query.get('after')
    const feed = await feedOf(view)
    await sendEvents(response, (signal) => feed.follow(Number(lastSeen) || 0, signal))
  },
  'GET api/record': async ({ response, ...view }) => {
    sendJson(response, await (await feedOf(view)).record(addressIn(view.query)))
  },
  'GET api/attachment': sendAttachment,
  'GET api/labels': async ({ response, query, url, root }) => {
    const labels = await openLabels(url, { root, experiment: nameIn(query) })
    sendJson(response, (await labels?.read()) ?? [])
  },
  'POST api/labels': addLabel,
  'GET api/compare': async ({ response, query, store }) => {
    const choice = { base: query.get('base') ?? '', others: query.getAll('other'), by: query.get('by') ?? undefined }
    sendJson(response, await compareExperiments(store, choice))
  },
}

async function describeSource({ url, root, isLabelled }: Omit<ViewedStore, 'store'>): Promise<SourceDescription> {
  const labels = isLabelled ? await openLabels(url, { root, experiment: 'any' }) : undefined
  return { title: maskStorageUrl(url), labels: labels !== undefined, comparisons: 'any' }
}

async function feedOf({
  query,
  store,
  feeds,
}: Pick<ViewRequest, 'query' | 'store' | 'feeds'>): Promise<ExperimentFeed> {
  const document = await store.readDocument(nameIn(query))
  if (document === undefined) throw await notInStore(store, nameIn(query))
  return feeds.get(document)
}

/** What a page may show as what it says it is; anything else is only kept. */
const shown = /^(image\/(png|jpeg|gif|webp)|audio\/(wav|mpeg))$/

async function sendAttachment({ response, query, store }: ViewRequest): Promise<void> {
  const bytes = await store.readAttachment(nameIn(query), query.get('sha256') ?? '')
  const type = query.get('type') ?? ''
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  if (!shown.test(type)) response.setHeader('Content-Disposition', 'attachment')
  response.setHeader('Content-Type', shown.test(type) ? type : 'application/octet-stream').end(bytes)
}

function nameIn(query: URLSearchParams): string {
  return query.get('name') ?? ''
}

function addressIn(query: URLSearchParams): SampleAddress {
  return { key: query.get('key') ?? '', id: query.get('id') ?? '', epoch: Number(query.get('epoch')) }
}

function send(response: ServerResponse, type: string, text: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`).end(text)
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 'application/json', JSON.stringify(value ?? null))
}
