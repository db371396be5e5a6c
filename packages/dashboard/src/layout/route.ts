import { useEffect, useState } from 'preact/hooks'

/** A page with what it shows: all of it stands behind the `#` of the address. */
export interface Route {
  readonly page: string
  readonly params: URLSearchParams
}

/** What each page is given. */
export interface PageProps {
  readonly route: Route
}

/** Values of an address; an empty or absent one is left out, one with several values is repeated. */
export type Params = Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/** Reads `#/samples?name=…`. */
export function parseRoute(hash: string): Route {
  const [, page = '', query = ''] = /^#?\/?([^?]*)\??(.*)$/.exec(hash) ?? []
  return { page: page || 'experiments', params: new URLSearchParams(query) }
}

/** The address of a page. */
export function linkTo(page: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined && one !== '') query.append(name, String(one))
    }
  }
  const text = query.toString()
  return `#/${page}${text === '' ? '' : `?${text}`}`
}

/** The page's values with some of them changed. */
export function withParams({ params }: Route, changes: Params): Params {
  const values = [...params.keys()].map((name) => [name, params.getAll(name)] as const)
  return { ...Object.fromEntries(values), ...changes }
}

/** Goes to an address; `replace` leaves no step to come back to, as for what is being typed. */
export function go(hash: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (!replace) {
    location.hash = hash
    return
  }
  history.replaceState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** The page that the address names. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  useEffect(() => {
    const read = (): void => setRoute(parseRoute(location.hash))
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return route
}
