import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/**
 * A process of its own that ends process groups when this process is gone, even if that was killed and could do nothing:
 * then the guardian's standard input ends.
 */
export class Guardian {
  readonly #child: ChildProcess

  constructor({ graceMs }: { readonly graceMs: number }) {
    const source = `(${guard.toString()})(${graceMs})`
    // A group of its own: Ctrl+C reaches every process of the terminal's.
    this.#child = spawn(process.execPath, ['--eval', source], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // Nothing that is meant for this process may load into the guardian.
      env: { ...process.env, NODE_OPTIONS: '' },
      windowsHide: true,
    })
    // Without a guardian everything works but the worst case.
    this.#child.on('error', () => {})
    this.#child.stdin?.on('error', () => {})
    this.#child.unref()
    const stdin = this.#child.stdin as { unref?(): void } | null
    stdin?.unref?.()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Ends the group of `leader` if this process ends before {@link release}. */
  watch(leader: number): void {
    this.#child.stdin?.write(`+${leader}\n`)
  }

  /** The group has ended: its number may soon be another one's. */
  release(leader: number): void {
    this.#child.stdin?.write(`-${leader}\n`)
  }

  close(): void {
    this.#child.stdin?.end()
  }
}

/** Runs in the guardian's process, from its source: it can use nothing from outside its own body. */
function guard(graceMs: number): void {
  const leaders = new Set<number>()
  let rest = ''
  const signalAll = (signal: NodeJS.Signals | 0): void => {
    for (const leader of leaders) {
      try {
        process.kill(process.platform === 'win32' ? leader : -leader, signal)
      } catch {
        leaders.delete(leader)
      }
    }
  }
  // Whoever stops a whole session stops its servers too, but perhaps not in time.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
  process.stdin.on('error', () => {})
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const leader = Number(line.slice(1))
      if (line.startsWith('+')) leaders.add(leader)
      else leaders.delete(leader)
    }
  })
  process.stdin.on('close', () => {
    signalAll('SIGTERM')
    const deadline = Date.now() + graceMs
    const timer = setInterval(() => {
      const isOver = Date.now() >= deadline
      signalAll(isOver ? 'SIGKILL' : 0)
      if (isOver || leaders.size === 0) clearInterval(timer)
    }, 20)
  })
}
