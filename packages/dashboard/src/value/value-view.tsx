import type { JSX } from 'preact'
import { AttachmentView } from './attachment-view.tsx'
import { isBlob } from './blob.ts'
import { JsonTree } from './json-tree.tsx'
import { TextView } from './text-view.tsx'

export interface ValueProps {
  /** The experiment whose attachments it may name. */
  readonly experiment: string
  readonly value: unknown
  /** What it is, such as `output`. */
  readonly label: string
}

/** A stored value of whatever kind. It is data: nothing in it is ever read as HTML. */
export function ValueView({ experiment, value, label }: ValueProps): JSX.Element {
  if (value === undefined) return <p class="muted">none</p>
  if (typeof value === 'string') return <TextView text={value} label={label} />
  if (isBlob(value)) return <AttachmentView experiment={experiment} blob={value} label={label} />
  return <JsonTree experiment={experiment} value={value} label={label} />
}
