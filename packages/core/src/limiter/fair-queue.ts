/** How a call waits for its turn. */
export interface Turn {
  /** p-queue's own name for the call. */
  readonly id: string
  /** Calls of samples that have begun have 1, others 0. */
  readonly priority: number
  readonly group: string
  /** Tokens it will need. */
  readonly tokens: number
}

type Run = () => Promise<unknown>

interface Waiting extends Turn {
  readonly run: Run
}

/**
 * The order in which p-queue starts what waits: begun samples first, then by turns between groups, in each in order of
 * arrival. Every operation takes constant time, however many wait.
 */
export class FairQueue {
  /** By p-queue's ids. */
  readonly #waiting = new Map<string, Waiting>()
  readonly #lanes = [new Lane(), new Lane()]

  get size(): number {
    return this.#waiting.size
  }

  enqueue(run: Run, { id = '', priority = 0, group = '', tokens = 0 }: Partial<Turn> = {}): void {
    const waiting = { id, run, priority, group, tokens }
    this.#waiting.set(id, waiting)
    this.#lane(waiting).add(waiting)
  }

  /** What would start next. */
  peek(): Turn | undefined {
    return this.#next
  }

  dequeue(): Run | undefined {
    const next = this.#next
    if (next !== undefined) this.#drop(next, true)
    return next?.run
  }

  remove(id: string): void {
    const waiting = this.#waiting.get(id)
    if (waiting !== undefined) this.#drop(waiting, false)
  }

  filter({ priority }: Readonly<Partial<Turn>>): Run[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.priority === priority).map(({ run }) => run)
  }

  // p-queue asks for it; our calls keep the priority they came with.
  setPriority(): void {}

  get #next(): Waiting | undefined {
    return this.#lanes[1]!.first ?? this.#lanes[0]!.first
  }

  #lane({ priority }: Waiting): Lane {
    return this.#lanes[priority > 0 ? 1 : 0]!
  }

  #drop(waiting: Waiting, turnOver: boolean): void {
    this.#waiting.delete(waiting.id)
    this.#lane(waiting).delete(waiting, turnOver)
  }
}

/** Calls of one priority; the first group is the one whose turn it is. */
class Lane {
  readonly #groups = new Map<string, Set<Waiting>>()

  get first(): Waiting | undefined {
    const [group] = this.#groups.values()
    return group?.values().next().value
  }

  add(waiting: Waiting): void {
    const group = this.#groups.get(waiting.group)
    if (group === undefined) this.#groups.set(waiting.group, new Set([waiting]))
    else group.add(waiting)
  }

  delete(waiting: Waiting, turnOver: boolean): void {
    const group = this.#groups.get(waiting.group)
    if (group === undefined) return
    group.delete(waiting)
    if (group.size > 0 && !turnOver) return
    // The others come first now.
    this.#groups.delete(waiting.group)
    if (group.size > 0) this.#groups.set(waiting.group, group)
  }
}
