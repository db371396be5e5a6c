import type { FunctionComponent, JSX } from 'preact'
import { useErrorBoundary, useState } from 'preact/hooks'
import { DataContext, useLoaded } from './data/use-data.ts'
import { Help } from './layout/help.tsx'
import { Notice, Waiting } from './layout/parts.tsx'
import { linkTo, useRoute, type PageProps } from './layout/route.ts'
import { toggleTheme } from './layout/theme.ts'
import { useKeys } from './layout/use-keys.ts'
import { ComparePage } from './pages/compare-page.tsx'
import { ExperimentPage } from './pages/experiment-page.tsx'
import { ExperimentsPage } from './pages/experiments-page.tsx'
import { SamplePage } from './pages/sample-page.tsx'
import { SamplesPage } from './pages/samples-page.tsx'
import { TrendPage } from './pages/trend-page.tsx'
import type { DataSource } from './protocol.ts'

const pages: Readonly<Record<string, FunctionComponent<PageProps>>> = {
  experiments: ExperimentsPage,
  experiment: ExperimentPage,
  samples: SamplesPage,
  sample: SamplePage,
  compare: ComparePage,
  trend: TrendPage,
}

const tabs = [
  ['experiments', 'Experiments'],
  ['compare', 'Compare'],
  ['trend', 'Trend'],
] as const

export function App({ source }: { readonly source: DataSource }): JSX.Element {
  const route = useRoute()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const description = useLoaded(() => source.describe(), [source])
  useKeys({ '?': () => setHelpOpen(true), t: toggleTheme })
  return (
    <>
      <header class="top">
        <a class="brand" href={linkTo('experiments')}>
          evals
        </a>
        <nav aria-label="Pages">
          {tabs.map(([page, title]) => (
            <a key={page} href={linkTo(page)} aria-current={route.page === page ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <span class="source muted">{description.state === 'ready' ? description.value.title : ''}</span>
        <button type="button" class="quiet" aria-label="Dark or light" title="Dark or light (t)" onClick={toggleTheme}>
          ◐
        </button>
        <button type="button" class="quiet" aria-label="Keys" title="Keys (?)" onClick={() => setHelpOpen(true)}>
          ?
        </button>
      </header>
      <main>
        <Waiting loaded={description}>
          {(value) => (
            <DataContext.Provider value={{ source, description: value }}>
              <Page key={`${route.page} ${route.params.get('name') ?? ''}`} route={route} />
            </DataContext.Provider>
          )}
        </Waiting>
      </main>
      {isHelpOpen && <Help onClose={() => setHelpOpen(false)} />}
    </>
  )
}

/** A page; what it cannot show takes nothing else with it. */
function Page({ route }: PageProps): JSX.Element {
  const [error] = useErrorBoundary() as [Error | undefined, () => void]
  const Content = Object.hasOwn(pages, route.page) ? pages[route.page] : undefined
  if (error !== undefined) return <Notice tone="bad">This page cannot be shown: {error.message}</Notice>
  if (Content === undefined) return <Notice tone="bad">There is no page “{route.page}”.</Notice>
  return <Content route={route} />
}
