import type { RunInfo, StoreProblem } from '@evals/core'
import type { ComponentChildren, JSX } from 'preact'
import type { Loaded } from '../data/use-data.ts'

/** What a chip says with its colour; the word beside it always says it, too. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain' | 'busy'

export function Chip({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone
  readonly children: ComponentChildren
}): JSX.Element {
  return <span class={`chip ${tone}`}>{children}</span>
}

const statusTones: Readonly<Record<string, Tone>> = {
  running: 'busy',
  completed: 'good',
  'completed-with-errors': 'warn',
  interrupted: 'warn',
  partial: 'plain',
}

export function StatusChip({ status }: { readonly status: string }): JSX.Element {
  return <Chip tone={statusTones[status] ?? 'plain'}>{status.replaceAll('-', ' ')}</Chip>
}

/** A fact with its name, for a line of several. */
export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What a run was made of: the beginning of the commit, the branch, and whether there were changes. */
export function Commit({ git }: { readonly git: RunInfo['git'] }): JSX.Element | null {
  if (git === undefined) return null
  const { commit, branch, dirty } = git
  return (
    <>
      <span class="mono">{commit.slice(0, 7)}</span> {branch} {dirty && <span class="warn-text">with changes</span>}
    </>
  )
}

interface PanelProps {
  readonly title: string
  readonly button?: { readonly title: string; readonly onClick: () => void }
  readonly children: ComponentChildren
}

/** A part of a page with its title. */
export function Panel({ title, button, children }: PanelProps): JSX.Element {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {button !== undefined && (
          <button type="button" class="small" onClick={button.onClick}>
            {button.title}
          </button>
        )}
      </header>
      {children}
    </section>
  )
}

/** Something people should know of what they see. */
export function Notice({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <p class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}

/** Stored lines that cannot be read. */
export function Problems({ problems }: { readonly problems: readonly StoreProblem[] }): JSX.Element | null {
  const [first] = problems
  if (first === undefined) return null
  return (
    <Notice tone="warn">
      {problems.length === 1 ? 'A line cannot be read' : `${problems.length} lines cannot be read`}: {first.where},{' '}
      {first.what}
    </Notice>
  )
}

/** Shows what was loaded, or why it was not. */
export function Waiting<Value>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<Value>
  readonly children: (value: Value) => ComponentChildren
}): JSX.Element {
  if (loaded.state === 'loading') return <p class="muted">Loading …</p>
  if (loaded.state === 'failed') return <Notice tone="bad">{loaded.error.message}</Notice>
  return <>{children(loaded.value)}</>
}
