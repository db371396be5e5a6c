import type { JSX } from 'preact'
import { formatFigure } from '../layout/format.ts'

interface IntervalProps {
  readonly value: number | null
  readonly ci: readonly [lower: number, upper: number] | null
  /** What the whole width stands for. */
  readonly scale: readonly [from: number, to: number]
  /** A line across, for example at no difference. */
  readonly mark?: number
}

const [width, height] = [120, 16]

/** An estimate with its interval as a point on a line; the numbers stand beside it, so it is no text of its own. */
export function IntervalBar({ value, ci, scale, mark }: IntervalProps): JSX.Element | null {
  if (value === null) return null
  const [from, to] = scale
  const at = (position: number): number => {
    const share = to > from ? (position - from) / (to - from) : 0.5
    return 4 + Math.min(1, Math.max(0, share)) * (width - 8)
  }
  return (
    <svg class="interval" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <line class="axis" x1={4} x2={width - 4} y1={height / 2} y2={height / 2} />
      {mark !== undefined && <line class="mark" x1={at(mark)} x2={at(mark)} y1={1} y2={height - 1} />}
      {ci !== null && <line class="range" x1={at(ci[0])} x2={at(ci[1])} y1={height / 2} y2={height / 2} />}
      <circle cx={at(value)} cy={height / 2} r={2.5} />
    </svg>
  )
}

/** `0.812 [0.790, 0.833]`. */
export function Estimate({
  mean,
  ci,
}: {
  readonly mean: number | null
  readonly ci: IntervalProps['ci']
}): JSX.Element {
  return (
    <span class="estimate">
      <b>{formatFigure(mean)}</b>
      {mean !== null && (
        <small>{ci === null ? ' no interval' : ` [${formatFigure(ci[0])}, ${formatFigure(ci[1])}]`}</small>
      )}
      {mean === null && <small> not scored</small>}
    </span>
  )
}

/** From where to where estimates of scores are drawn: 0 to 1 if they all lie there. */
export function scaleOf(values: readonly (number | null | undefined)[]): readonly [from: number, to: number] {
  const known = values.filter((value) => typeof value === 'number')
  const [least, greatest] = [Math.min(0, ...known), Math.max(0, ...known)]
  return greatest <= 1 ? [least, 1] : [least, greatest]
}
