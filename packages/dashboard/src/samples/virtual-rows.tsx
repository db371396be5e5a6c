import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Also in the style sheet, as `--row-height`. */
const rowHeight = 32
/** This many more are drawn above and below, so that scrolling shows no gap. */
const spare = 12

interface VirtualRowsProps {
  readonly count: number
  /** This row is scrolled to whenever it changes. */
  readonly at: number
  /** How wide a row is at least. */
  readonly minWidth: string
  readonly head: ComponentChildren
  readonly children: (index: number) => ComponentChildren
}

/** A scrolled area of which only the rows in sight are drawn. */
export function VirtualRows({ count, at, minWidth, head, children }: VirtualRowsProps): JSX.Element {
  const area = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  const measure = (): void => {
    const element = area.current
    if (element === null) return
    const top = Math.floor(element.scrollTop / rowHeight)
    if (top !== view.top || element.clientHeight !== view.height) setView({ top, height: element.clientHeight })
  }
  useLayoutEffect(measure)
  useLayoutEffect(() => {
    const element = area.current
    if (element === null || at < 0) return
    const [first, last] = [at * rowHeight, (at + 2) * rowHeight - element.clientHeight]
    if (element.scrollTop > first) element.scrollTop = first
    else if (element.scrollTop < last) element.scrollTop = last
    // A link that has the focus would take Enter.
    element.focus({ preventScroll: true })
  }, [at])
  const from = Math.max(0, view.top - spare)
  const to = Math.min(count, view.top + Math.ceil(view.height / rowHeight) + spare)
  return (
    <div
      ref={area}
      class="rows"
      tabIndex={0}
      role="table"
      aria-label="Samples"
      aria-rowcount={count + 1}
      onScroll={measure}
    >
      {head}
      <div role="rowgroup" class="body" style={{ height: `${count * rowHeight}px`, minWidth }}>
        <div class="window" role="presentation" style={{ transform: `translateY(${from * rowHeight}px)` }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, offset) => children(from + offset))}
        </div>
      </div>
    </div>
  )
}
