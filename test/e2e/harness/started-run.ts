import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 20
const patienceMs = 60_000

/** How a process ended. */
export interface EndedProcess {
  /** `null` if a signal killed it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A process of the `vitest` binary that may still be running; killed on disposal. */
export class StartedRun implements Disposable {
  readonly ended: Promise<EndedProcess>
  readonly #child: ChildProcess
  #stdout = ''
  #stderr = ''
  #isRunning = true

  constructor(child: ChildProcess) {
    this.#child = child
    child.stdout?.setEncoding('utf8').on('data', (text: string) => void (this.#stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => void (this.#stderr += text))
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exitCode) => {
        this.#isRunning = false
        resolve({ exitCode, stdout: this.#stdout, stderr: this.#stderr })
      })
    })
  }

  /** What it has printed on standard output so far. */
  get stdout(): string {
    return this.#stdout
  }

  /** What it has printed on standard error so far. */
  get stderr(): string {
    return this.#stderr
  }

  /**
   * Waits until a condition holds.
   * @throws Error with what the process printed, if it ends before, or takes a minute
   */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + patienceMs
    while (!condition()) {
      if (!this.#isRunning || performance.now() > deadline) {
        const when = this.#isRunning ? `within ${patienceMs} ms` : 'before the process ended'
        throw new Error(`${condition.toString()} did not hold ${when}:\n${this.#stdout}\n${this.#stderr}`)
      }
      await sleep(pollMs)
    }
  }

  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal)
  }

  [Symbol.dispose](): void {
    if (this.#isRunning) this.#child.kill('SIGKILL')
  }
}
