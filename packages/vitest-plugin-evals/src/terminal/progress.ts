import { RunningMoments, type Clock } from '@evals/core'
import type { SampleMeta } from '../protocol.ts'
import { formatDuration, formatFigure, formatInteger, formatRate, plural } from './format.ts'
import type { Output } from './output.ts'
import { TerminalLine } from './terminal-line.ts'

const linePeriodMs = 10_000
const redrawPeriodMs = 200
/** Runs shorter than this need no progress on a terminal. */
const quietMs = 1_000
/** How long the bar is, and how wide a terminal has to be for it. */
const barCells = 20
const leastBarColumns = 100
/** The rate is that of the newest samples: of at least this time, and at least this many. */
const rateMs = 30_000
const rateSamples = 20

/** Tells how far a run is: a live line on a terminal, a plain line every 10 s elsewhere. */
export class Progress {
  readonly #output: Output
  readonly #clock: Clock
  readonly #more: () => string | undefined
  readonly #line: TerminalLine | undefined
  readonly #means = new Map<string, RunningMoments>()
  #startedAt: number
  #planned = 0
  #done = 0
  /** Of the samples that the rate is of: how many ended in which second, the last of them when. */
  readonly #ended: { readonly sinceMs: number; lastMs: number; samples: number }[] = []
  #rateSinceMs: number
  #stopTimer: () => void = () => {}

  /** @param more what else the line tells */
  constructor(output: Output, clock: Clock, more: () => string | undefined = () => undefined) {
    this.#more = more
    this.#output = output
    this.#clock = clock
    this.#line = output.isTty ? new TerminalLine(output) : undefined
    this.#startedAt = this.#rateSinceMs = clock.now()
    this.#schedule()
  }

  /** More samples are planned. */
  plan(samples: number): void {
    // Until now files were imported and datasets read, which says nothing about the rate.
    if (this.#planned === 0) this.#startedAt = this.#rateSinceMs = this.#clock.now()
    this.#planned += samples
  }

  /** A sample has ended; one that an earlier run recorded says nothing about the rate. */
  add({ scores, kept }: SampleMeta): void {
    this.#done += 1
    if (kept !== true) this.#count()
    for (const [scorer, score] of Object.entries(scores)) {
      if (typeof score !== 'number' && typeof score !== 'boolean') continue
      let mean = this.#means.get(scorer)
      if (mean === undefined) this.#means.set(scorer, (mean = new RunningMoments()))
      mean.add(Number(score))
    }
  }

  stop(): void {
    this.#stopTimer()
    this.#line?.clear()
  }

  /** For example `1,200/10,000 samples · 118/s · 1 min 15 s left · exactMatch 0.812`. */
  text(): string {
    const perSecond = this.#perSecond()
    const more = this.#more()
    const leftMs = perSecond === 0 ? undefined : ((this.#planned - this.#done) / perSecond) * 1000
    return [
      `${formatInteger(this.#done)}/${plural(this.#planned, 'sample')}`,
      formatRate(perSecond),
      ...(leftMs === undefined || leftMs < 0 ? [] : [`${formatDuration(leftMs)} left`]),
      ...(more === undefined ? [] : [more]),
      ...[...this.#means].map(([scorer, { mean }]) => `${scorer} ${formatFigure(mean ?? 0)}`),
    ].join(' · ')
  }

  /** `[========            ] ` where there is room for it. */
  #bar(): string {
    if (this.#planned === 0 || this.#output.columns < leastBarColumns) return ''
    const done = Math.round(Math.min(1, this.#done / this.#planned) * barCells)
    return `[${'='.repeat(done).padEnd(barCells)}] `
  }

  #count(): void {
    const now = this.#clock.now()
    const second = this.#ended.at(-1)
    if (second === undefined || now - second.sinceMs >= 1000) {
      this.#ended.push({ sinceMs: now, lastMs: now, samples: 1 })
    } else {
      second.lastMs = now
      second.samples += 1
    }
  }

  #perSecond(): number {
    const now = this.#clock.now()
    let samples = this.#ended.reduce((sum, second) => sum + second.samples, 0)
    for (let [first] = this.#ended; first !== undefined; [first] = this.#ended) {
      if (now - first.lastMs < rateMs || samples - first.samples < rateSamples) break
      samples -= first.samples
      this.#rateSinceMs = first.lastMs
      this.#ended.shift()
    }
    return (samples / Math.max(1, now - this.#rateSinceMs)) * 1000
  }

  #schedule(): void {
    this.#stopTimer = this.#clock.after(this.#line === undefined ? linePeriodMs : redrawPeriodMs, () => {
      if (this.#line === undefined) this.#output.write(`evals: ${this.text()}\n`)
      else if (this.#clock.now() - this.#startedAt > quietMs) this.#line.show(this.#bar() + this.text())
      this.#schedule()
    })
  }
}
