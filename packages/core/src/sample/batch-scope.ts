import { SampleScope, type EndCall, type OpenCall, type ScopeOptions } from './sample-scope.ts'
import type { CallPricing } from './sample-limits.ts'
import { shareCall } from './share-call.ts'

/** Gathers what a batch does for the samples in it: each gets its part of every model call, and every log and span. */
export class BatchScope extends SampleScope {
  readonly #samples: ReadonlySet<SampleScope>
  #hasBegun = false

  /** @param samples those that still wait for the batch; it may get smaller */
  constructor(samples: ReadonlySet<SampleScope>, options: ScopeOptions) {
    super(options)
    this.#samples = samples
  }

  override get hasBegun(): boolean {
    return this.#hasBegun
  }

  override admitCall(pricing: CallPricing): void {
    for (const sample of this.#samples) sample.admitCall(pricing)
  }

  /** A sample that leaves the batch takes the call as it stands then. */
  override openCall(open: OpenCall): EndCall {
    const samples = this.#samples.size
    const endedBy: OpenCall['endedBy'] = (error) => shareCall(open.endedBy(error), samples)[0]!
    const ends = new Map([...this.#samples].map((sample) => [sample, sample.openCall({ ...open, endedBy })]))
    return (call, shown) => {
      this.#hasBegun = true
      const shares = shareCall(call, this.#samples.size)
      for (const [index, sample] of [...this.#samples].entries()) ends.get(sample)?.(shares[index]!, shown)
    }
  }

  override log(...values: unknown[]): void {
    for (const sample of this.#samples) sample.log(...values)
  }

  override span<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
    let nested = async (): Promise<Result> => work()
    for (const sample of this.#samples) {
      const inner = nested
      nested = () => sample.span(name, inner)
    }
    return nested()
  }

  /** Lets the time of the samples stand still while this batch can only wait; the returned function ends that. */
  passOnWaits(): () => void {
    const paused: (() => void)[] = []
    const resume = (): void => paused.splice(0).forEach((end) => end())
    const stopListening = this.waits.onChange(() => {
      if (this.waits.stopped) for (const { waits } of this.#samples) paused.push(waits.pause())
      else resume()
    })
    return () => {
      stopListening()
      resume()
    }
  }
}
