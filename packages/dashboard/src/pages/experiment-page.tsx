import type { ExperimentDocument } from '@evals/core'
import type { JSX } from 'preact'
import { useData, useExperiment, useLoaded } from '../data/use-data.ts'
import { EvalSection } from '../experiment/eval-section.tsx'
import { LimitHistory } from '../experiment/limit-history.tsx'
import { RunTable } from '../experiment/run-table.tsx'
import { formatCount, formatTime } from '../layout/format.ts'
import { Commit, Fact, Notice, Problems, StatusChip } from '../layout/parts.tsx'
import { go, linkTo, type PageProps } from '../layout/route.ts'
import { TotalCostView } from '../layout/total-cost-view.tsx'
import { useKeys } from '../layout/use-keys.ts'
import type { ShownDocument } from '../protocol.ts'

export function ExperimentPage({ route }: PageProps): JSX.Element {
  const name = route.params.get('name') ?? ''
  const experiment = useExperiment(name)
  const { document, failure, problems, table, isCaughtUp } = experiment
  useKeys({ u: () => go(linkTo('experiments')), Enter: () => go(linkTo('samples', { name })) })
  return (
    <>
      <div class="title">
        <h1>{name}</h1>
        {document !== undefined && <StatusChip status={document.status} />}
        <nav aria-label="Experiment" class="steps">
          <a class="button" href={linkTo('samples', { name })}>
            {isCaughtUp ? `${formatCount(table.count)} samples` : 'Samples'}
          </a>
          <CompareLink name={name} />
        </nav>
      </div>
      {failure !== undefined && <Notice tone="bad">{failure.message}</Notice>}
      <Problems problems={problems} />
      {document === undefined ? (
        failure === undefined && <p class="muted">Loading …</p>
      ) : (
        <>
          <Facts document={document} />
          <Warnings document={document} />
          {Object.entries(document.evals).map(([key, summary]) => (
            <EvalSection key={key} name={name} evalKey={key} summary={summary} table={table} />
          ))}
          {Object.keys(document.evals).length === 0 && (
            <p class="empty">No figures yet: a run computes them from the first samples on.</p>
          )}
          <LimitHistory runs={document.runs} />
          <RunTable runs={document.runs} />
        </>
      )}
    </>
  )
}

function Facts({ document }: { readonly document: ShownDocument }): JSX.Element {
  const { createdAt, updatedAt, runs } = document
  const git = runs.at(-1)?.git
  return (
    <dl class="facts">
      <Fact name="Created">{formatTime(createdAt)}</Fact>
      <Fact name="Updated">{formatTime(updatedAt)}</Fact>
      <Fact name="Runs">{runs.length}</Fact>
      <Fact name="Cost">
        <TotalCostView {...document} />
      </Fact>
      {git !== undefined && (
        <Fact name="Commit">
          <Commit git={git} />
        </Fact>
      )}
    </dl>
  )
}

function Warnings({
  document: { status, rebuilt, undeclared = [] },
}: {
  readonly document: ExperimentDocument
}): JSX.Element {
  return (
    <>
      {status === 'running' && (
        <Notice tone="busy">A run goes on, or was killed: these are the figures of what is recorded so far.</Notice>
      )}
      {status === 'interrupted' && (
        <Notice tone="warn">
          The last run was interrupted. Run it again under the same name, and only what is missing runs.
        </Notice>
      )}
      {rebuilt !== undefined && (
        <Notice tone="warn">
          The experiment’s document was made from its records, without thresholds and metrics: {rebuilt}.
        </Notice>
      )}
      {undeclared.map(({ eval: name, variant, error: { code, message } }) => (
        <Notice key={JSON.stringify([name, variant])} tone="bad">
          {[name, ...Object.entries(variant).map(([dimension, value]) => `${dimension}=${value}`)].join(' · ')} could
          not be declared: {code} {message}
        </Notice>
      ))}
    </>
  )
}

/** To the comparison with the experiment before it. */
function CompareLink({ name }: { readonly name: string }): JSX.Element | null {
  const { source, description } = useData()
  const listed = useLoaded(() => source.experiments(), [source])
  if (listed.state !== 'ready' || description.comparisons === 'none') return null
  if (description.comparisons !== 'any') {
    const { base, other } = description.comparisons
    return (
      <a class="button" href={linkTo('compare', { base, other })}>
        Comparison
      </a>
    )
  }
  const at = listed.value.findIndex(({ experiment }) => experiment === name)
  const base = listed.value[at + 1]?.experiment
  return at === -1 || base === undefined ? null : (
    <a class="button" href={linkTo('compare', { base, other: name })}>
      Compare with {base}
    </a>
  )
}
