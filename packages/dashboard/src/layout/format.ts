import type { ScorerSummary } from '@evals/core'

/** What stands where nothing was measured. */
export const unknown = '–'

/** A score or mean: three decimals, fewer for large numbers. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3
  return value.toFixed(digits)
}

export function formatSigned(value: number | null): string {
  if (value === null) return unknown
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${formatFigure(Math.abs(value))}`
}

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? unknown : value.toLocaleString('en')
}

/** Samples and epochs without a score, such as `3`, or `0 + 12 epochs`. */
export function formatUnscored({
  unscored,
  unscoredEpochs = 0,
}: Pick<ScorerSummary, 'unscored' | 'unscoredEpochs'>): string {
  const epochs = unscoredEpochs === 1 ? '1 epoch' : `${formatCount(unscoredEpochs)} epochs`
  return formatCount(unscored) + (unscoredEpochs === 0 ? '' : ` + ${epochs}`)
}

export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return unknown
  if (ms < 1) return '<1 ms'
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

export function formatUsd(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown
  if (value === 0) return '$0'
  return `$${value < 0.01 ? value.toPrecision(2) : value < 100 ? value.toFixed(2) : value.toFixed(0)}`
}

/** An ISO time as people read it, in their own time zone. */
export function formatTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}
