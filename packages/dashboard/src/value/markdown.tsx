import type { JSX } from 'preact'
import { parseMarkdown, type Block, type Inline } from './parse-markdown.ts'

/** A text with its Markdown shown. Links are only told, not followed: a model wrote them. */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  return (
    <div class="markdown" dir="auto">
      {parseMarkdown(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { readonly block: Block }): JSX.Element {
  switch (block.type) {
    case 'heading':
      return (
        <p class={`heading level-${Math.min(3, block.level)}`}>
          <InlineView content={block.content} />
        </p>
      )
    case 'code':
      return <pre>{block.text}</pre>
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <InlineView content={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'quote':
      return (
        <blockquote>
          <InlineView content={block.content} />
        </blockquote>
      )
    case 'paragraph':
      return (
        <p>
          <InlineView content={block.content} />
        </p>
      )
  }
}

function InlineView({ content }: { readonly content: readonly Inline[] }): JSX.Element {
  return (
    <>
      {content.map((piece) => {
        switch (piece.type) {
          case 'code':
            return <code>{piece.text}</code>
          case 'strong':
            return <strong>{piece.text}</strong>
          case 'emphasis':
            return <em>{piece.text}</em>
          case 'link':
            return (
              <>
                <u>{piece.text}</u> <small class="muted">({piece.address})</small>
              </>
            )
          case 'text':
            return piece.text
        }
      })}
    </>
  )
}
