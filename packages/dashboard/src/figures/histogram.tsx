import type { JSX } from 'preact'
import type { Bin } from './bins.ts'

interface HistogramProps {
  readonly bins: readonly Bin[]
  readonly label: string
  readonly format: (value: number) => string
  /** Where a click on a bin leads. */
  readonly link?: (bin: Bin) => string
  readonly width?: number
  readonly height?: number
}

/** A bar that is wider says no more. */
const widest = 28

/** How often which values came, as bars; each tells its numbers to whoever points at it. */
export function Histogram({ bins, label, format, link, width = 120, height = 24 }: HistogramProps): JSX.Element | null {
  if (bins.length === 0) return null
  const most = Math.max(...bins.map(({ count }) => count))
  const step = width / bins.length
  const wide = Math.min(widest, Math.max(1, step - 1))
  const text = bins.filter(({ count }) => count > 0).map((bin) => describe(bin, format))
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={link === undefined ? 'img' : 'group'}
      aria-label={`${label}: ${text.join(', ')}`}
    >
      <line class="axis" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {bins.map((bin, index) => {
        const tall = bin.count === 0 ? 0 : Math.max(1.5, (bin.count / most) * (height - 2))
        const bar = (
          <g>
            <rect class="hit" x={index * step} y={0} width={step} height={height} />
            <rect class="bar" x={index * step + (step - wide) / 2} y={height - tall} width={wide} height={tall} />
            <title>{describe(bin, format)}</title>
          </g>
        )
        if (link === undefined || bin.count === 0) return <g key={bin.from}>{bar}</g>
        return (
          <a key={bin.from} href={link(bin)} tabIndex={-1} aria-label={describe(bin, format)}>
            {bar}
          </a>
        )
      })}
    </svg>
  )
}

function describe({ from, to, count }: Bin, format: (value: number) => string): string {
  return `${from === to ? format(from) : `${format(from)} to ${format(to)}`}: ${count}`
}
