import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { formatCount } from '../layout/format.ts'
import { Markdown } from './markdown.tsx'
import { looksLikeMarkdown } from './parse-markdown.ts'
import { splitText } from './split-text.ts'
import { visibleText } from './visible-text.ts'

/** Longer texts are cut until somebody wants all of it. */
export const shownCharacters = 10_000

/** The browser takes minutes to lay out megabytes as one piece, and draws only those pieces that are seen. */
const pieceLength = 20_000

function PlainText({ text }: { readonly text: string }): JSX.Element {
  if (text.length <= pieceLength) return <pre dir="auto">{text}</pre>
  return (
    <pre dir="auto" tabIndex={0}>
      {splitText(text, pieceLength).map((piece, index) => (
        <span key={index} class="piece">
          {piece}
        </span>
      ))}
    </pre>
  )
}

/** A text as it is, or with its Markdown shown. */
export function TextView({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const [isWhole, setWhole] = useState(false)
  const [isRendered, setRendered] = useState(false)
  if (text === '') return <p class="muted">empty text</p>
  const isCut = !isWhole && text.length > shownCharacters
  const shown = isCut ? text.slice(0, shownCharacters) : text
  return (
    <div class="text-view">
      {looksLikeMarkdown(shown) && (
        <button type="button" class="small" aria-pressed={isRendered} onClick={() => setRendered(!isRendered)}>
          Markdown
        </button>
      )}
      {isRendered ? <Markdown text={visibleText(shown)} /> : <PlainText text={visibleText(shown)} />}
      {isCut && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {formatCount(text.length)} characters of the {label}
        </button>
      )}
    </div>
  )
}
