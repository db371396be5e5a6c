import type { ScorerSummary } from '@evals/core'

let compact: Intl.NumberFormat | undefined

/** `82400` → `82.4K`. */
export function formatCompact(value: number): string {
  // Made when it is needed, since Node takes 15 ms to load what it knows of languages.
  compact ??= new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
  return compact.format(value)
}

/** `12345` → `12,345`. @param value - a whole number */
export function formatInteger(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 sample`, `1,200 samples`. */
export function plural(count: number, what: string): string {
  return `${formatInteger(count)} ${what}${count === 1 ? '' : 's'}`
}

/** How often something happens, in two or three digits: `118/s`, `7.2/min`. @param perSecond not negative */
export function formatRate(perSecond: number, what = ''): string {
  const [rate, unit] = unitOf(perSecond)
  const digits = rate >= 100 ? 3 : 2
  return `${formatFigure(Number(rate.toPrecision(digits)))}${what}/${unit}`
}

function unitOf(perSecond: number): [rate: number, unit: string] {
  if (perSecond === 0 || perSecond >= 1) return [perSecond, 's']
  return perSecond * 60 >= 1 ? [perSecond * 60, 'min'] : [perSecond * 3600, 'h']
}

/** Three significant places of a score or rate, without a trail of noise: `0.7253`, `1`, `118`. */
export function formatFigure(value: number): string {
  if (Math.abs(value) >= 100) return withMinus(formatInteger(Math.round(value)))
  return withMinus(String(Number(value.toFixed(Math.abs(value) >= 10 ? 1 : 3))))
}

/** A score's mean with always three places, so that columns align. */
export function formatMean(value: number): string {
  return withMinus(Math.abs(value) >= 1000 ? formatInteger(Math.round(value)) : value.toFixed(3))
}

/** The sentences of comparisons have the minus sign, too. */
function withMinus(figure: string): string {
  return figure.replace('-', '−')
}

/** Milliseconds as people say them: `0.4 ms`, `812 ms`, `3.2 s`, `1 min 15 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** US dollars: `$0.0012`, `$12.34`. */
export function formatUsd(value: number): string {
  return `$${value === 0 || value >= 0.995 ? value.toFixed(2) : value.toPrecision(2)}`
}

/** Samples and epochs without a score, such as `3`, or `0 + 12 epochs`. */
export function formatUnscored({
  unscored,
  unscoredEpochs = 0,
}: Pick<ScorerSummary, 'unscored' | 'unscoredEpochs'>): string {
  return formatInteger(unscored) + (unscoredEpochs === 0 ? '' : ` + ${plural(unscoredEpochs, 'epoch')}`)
}
