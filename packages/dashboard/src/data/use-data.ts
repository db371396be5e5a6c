import { createContext, type Context } from 'preact'
import { useContext, useEffect, useMemo, useReducer, useState } from 'preact/hooks'
import type { DataSource, SourceDescription } from '../protocol.ts'
import { FollowedExperiment } from './followed-experiment.ts'
import { SourceError } from './source-error.ts'

/** What every page may use. */
export interface PageData {
  readonly source: DataSource
  readonly description: SourceDescription
}

export const DataContext: Context<PageData | undefined> = createContext<PageData | undefined>(undefined)

export function useData(): PageData {
  const data = useContext(DataContext)
  if (data === undefined) throw new SourceError('A page is shown without its data.')
  return data
}

/** What was asked for: not yet there, there, or why it is not. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: Error }

/** Loads something, again whenever one of `inputs` changes; the old value stays until the new one is there. */
export function useLoaded<Value>(load: () => Promise<Value>, inputs: readonly unknown[]): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' })
  useEffect(() => {
    let isWanted = true
    load().then(
      (value) => isWanted && setLoaded({ state: 'ready', value }),
      (error: unknown) => isWanted && setLoaded({ state: 'failed', error: error as Error }),
    )
    return () => {
      isWanted = false
    }
  }, inputs)
  return loaded
}

/** The one that was looked at last: pages of the same experiment share what was read. */
let last: FollowedExperiment | undefined

/** An experiment with its samples; the component is rendered again when it changes. */
export function useExperiment(name: string): FollowedExperiment {
  const { source } = useData()
  const [, update] = useReducer<number, void>((count) => count + 1, 0)
  const followed = useMemo(() => {
    if (last?.name === name && last.failure === undefined) return last
    return (last = new FollowedExperiment(source, name))
  }, [source, name])
  useEffect(() => {
    const stop = followed.subscribe(update)
    // What it told before anybody listened.
    update()
    return stop
  }, [followed])
  return followed
}
