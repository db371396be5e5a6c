import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { AttachmentView } from './attachment-view.tsx'
import { isBlob } from './blob.ts'
import type { ValueProps } from './value-view.tsx'
import { shownCharacters } from './text-view.tsx'
import { visibleText } from './visible-text.ts'

const membersAtOnce = 100
const openLevels = 2

/** JSON as a tree; what is folded is not drawn. */
export function JsonTree({ experiment, value, label }: ValueProps): JSX.Element {
  return (
    <div class="tree mono" role="group" aria-label={label}>
      <Node experiment={experiment} value={value} depth={0} />
    </div>
  )
}

interface NodeProps extends Pick<ValueProps, 'experiment' | 'value'> {
  readonly name?: string
  readonly depth: number
}

function Node({ experiment, value, name, depth }: NodeProps): JSX.Element {
  const [isOpen, setOpen] = useState(depth < openLevels)
  const [shown, setShown] = useState(membersAtOnce)
  const key = name === undefined ? null : <span class="key">{visibleText(name)}: </span>
  if (isBlob(value)) {
    return (
      <div class="node">
        {key}
        <AttachmentView experiment={experiment} blob={value} label={name ?? 'attachment'} />
      </div>
    )
  }
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="node">
        {key}
        <Leaf value={value} />
      </div>
    )
  }
  const members: (readonly [name: string, value: unknown])[] = Object.entries(value)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (members.length === 0)
    return (
      <div class="node">
        {key}
        {open}
        {close}
      </div>
    )
  return (
    <details class="node" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {key}
        <span class="muted">
          {open} {members.length} {Array.isArray(value) ? 'items' : members.length === 1 ? 'member' : 'members'} {close}
        </span>
      </summary>
      {isOpen && (
        <div class="members">
          {members.slice(0, shown).map(([member, content]) => (
            <Node key={member} experiment={experiment} name={member} value={content} depth={depth + 1} />
          ))}
          {members.length > shown && (
            <button type="button" class="small" onClick={() => setShown(shown + 10 * membersAtOnce)}>
              Show more of {members.length.toLocaleString('en')}
            </button>
          )}
        </div>
      )}
    </details>
  )
}

function Leaf({ value }: { readonly value: unknown }): JSX.Element {
  const [isWhole, setWhole] = useState(false)
  if (typeof value !== 'string') return <span class={`leaf ${typeof value}`}>{String(value)}</span>
  const isCut = !isWhole && value.length > shownCharacters
  return (
    <span class="leaf string">
      “{visibleText(isCut ? value.slice(0, shownCharacters) : value)}”
      {isCut && (
        <button type="button" class="small" onClick={() => setWhole(true)}>
          Show all {value.length.toLocaleString('en')} characters
        </button>
      )}
    </span>
  )
}
