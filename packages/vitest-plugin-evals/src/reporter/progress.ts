import { RunningMoments, type Clock, type SampleResult } from '@evals/core'
import { formatDuration, formatFigure, formatInteger, formatRate, plural } from './format.ts'
import type { Output } from './output.ts'
import { TerminalLine } from './terminal-line.ts'

const linePeriodMs = 10_000
const redrawPeriodMs = 200
/** Runs shorter than this need no progress on a terminal. */
const quietMs = 1_000

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
  #stopTimer: () => void = () => {}

  /** @param more what else the line tells */
  constructor(output: Output, clock: Clock, more: () => string | undefined = () => undefined) {
    this.#more = more
    this.#output = output
    this.#clock = clock
    this.#line = output.isTty ? new TerminalLine(output) : undefined
    this.#startedAt = clock.now()
    this.#schedule()
  }

  /** More samples are planned. */
  plan(samples: number): void {
    // Until now files were imported and datasets read, which says nothing about the rate.
    if (this.#planned === 0) this.#startedAt = this.#clock.now()
    this.#planned += samples
  }

  /** A sample has ended. */
  add({ scores }: SampleResult): void {
    this.#done += 1
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
    const elapsedMs = Math.max(1, this.#clock.now() - this.#startedAt)
    const perSecond = (this.#done / elapsedMs) * 1000
    const more = this.#more()
    const leftMs = this.#done === 0 ? undefined : ((this.#planned - this.#done) / perSecond) * 1000
    return [
      `${formatInteger(this.#done)}/${plural(this.#planned, 'sample')}`,
      formatRate(perSecond),
      ...(leftMs === undefined || leftMs < 0 ? [] : [`${formatDuration(leftMs)} left`]),
      ...(more === undefined ? [] : [more]),
      ...[...this.#means].map(([scorer, { mean }]) => `${scorer} ${formatFigure(mean ?? 0)}`),
    ].join(' · ')
  }

  #schedule(): void {
    this.#stopTimer = this.#clock.after(this.#line === undefined ? linePeriodMs : redrawPeriodMs, () => {
      if (this.#line === undefined) this.#output.write(`evals: ${this.text()}\n`)
      else if (this.#clock.now() - this.#startedAt > quietMs) this.#line.show(this.text())
      this.#schedule()
    })
  }
}
