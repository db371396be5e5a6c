import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import Plot from 'uplot'
import { formatTime } from '../layout/format.ts'
import 'uplot/dist/uPlot.min.css'

/** One line of a chart. */
export interface ChartLine {
  readonly label: string
  readonly values: readonly (number | null)[]
  /** A value holds until the next one. */
  readonly stepped?: boolean
  /** Around the values. */
  readonly band?: { readonly lower: readonly (number | null)[]; readonly upper: readonly (number | null)[] }
}

interface LineChartProps {
  /** What it shows, for those who do not see it. */
  readonly label: string
  /** Where the values stand, ascending: Unix time in seconds, or with `names` whole numbers. */
  readonly places: readonly number[]
  /** What the places 0, 1, … are called. Default: they are times. */
  readonly names?: readonly string[] | undefined
  readonly lines: readonly ChartLine[]
}

const height = 200

/** Values over time, or over places with names. */
export function LineChart({ label, places, names, lines }: LineChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const draw = (): Plot => new Plot(optionsFor(element, lines, names), dataOf(places, lines), element)
    let plot = draw()
    const redraw = (): void => {
      plot.destroy()
      plot = draw()
    }
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    sizes.observe(element)
    const themes = new MutationObserver(redraw)
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      sizes.disconnect()
      themes.disconnect()
      plot.destroy()
    }
  }, [places, names, lines])
  return <div ref={place} class="chart" role="img" aria-label={label} />
}

function dataOf(places: readonly number[], lines: readonly ChartLine[]): Plot.AlignedData {
  const columns = lines.flatMap(({ values, band }) =>
    band === undefined ? [values] : [values, band.upper, band.lower],
  )
  return [places, ...columns].map((column) => [...column]) as Plot.AlignedData
}

function optionsFor(
  element: HTMLElement,
  lines: readonly ChartLine[],
  names: readonly string[] | undefined,
): Plot.Options {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(name).trim()
  const palette = ['--line-1', '--line-2', '--line-3', '--line-4']
  // uPlot takes several points in one place for too dense to be drawn.
  const points = names === undefined ? {} : { show: true }
  const series: Plot.Series[] = [{}]
  const bands: Plot.Band[] = []
  for (const [index, { label, band, stepped }] of lines.entries()) {
    const stroke = resolve(element, palette[index % palette.length]!)
    const paths = stepped === true ? { paths: Plot.paths.stepped!({ align: 1 }) } : {}
    series.push({ label, stroke, width: 1.5, points: { size: 6, fill: stroke, ...points }, ...paths })
    if (band === undefined) continue
    const edge = { stroke: 'transparent', points: { show: false } }
    series.push({ label: `${label}, upper end`, ...edge }, { label: `${label}, lower end`, ...edge })
    bands.push({ series: [series.length - 2, series.length - 1], fill: withAlpha(stroke, 0.16) })
  }
  const axis = {
    stroke: resolve(element, '--muted'),
    grid: { stroke: resolve(element, '--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${color('--font')}`,
  }
  return {
    width: element.clientWidth,
    height,
    series,
    bands,
    // Half a place on either side: a range of one place would be none.
    scales: { x: names === undefined ? {} : { time: false, range: [-0.5, names.length - 0.5] } },
    axes: [
      { ...axis, size: 32, ...(names === undefined ? timeTicks : namedTicks(names)) },
      { ...axis, size: 52 },
    ],
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
  }
}

const timeTicks: Plot.Axis = { values: (...[, times, , , step]) => formatTicks(times, step) }

function namedTicks(names: readonly string[]): Plot.Axis {
  return {
    incrs: [1, 2, 5, 10, 20, 50, 100],
    space: 64,
    values: (...[, places]) => places.map((at) => names[at] ?? ''),
  }
}

/** Times as they are written elsewhere on the page, as exact as their distance in seconds asks for. */
function formatTicks(times: readonly number[], step: number): string[] {
  return times.map((time) => {
    const [day = '', clock = ''] = formatTime(new Date(time * 1000).toISOString()).split(' ')
    if (step >= 86_400) return day
    if (step >= 60) return clock === '00:00' ? day.slice('YYYY-'.length) : clock
    return `${clock}:${String(new Date(time * 1000).getSeconds()).padStart(2, '0')}`
  })
}

/** A colour of the style sheet as a canvas takes it, which knows no `light-dark()`. */
function resolve(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function withAlpha(color: string, alpha: number): string {
  return color.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${alpha})`)
}
