/** How a call waits for its turn. */
export interface Turn {
  /** p-queue's own name for it; calls of samples that have begun have 1, others 0. */
  readonly priority: number
  readonly group: string
  /** Tokens it will need. */
  readonly tokens: number
}

type Run = () => Promise<unknown>

/**
 * The order in which p-queue starts what waits: begun samples first, then by turns between groups, in each in order of
 * arrival. Every operation takes constant time, however many wait.
 */
export class FairQueue {
  readonly #turns = new Map<Run, Turn>()
  readonly #lanes = [new Lane(), new Lane()]

  get size(): number {
    return this.#turns.size
  }

  enqueue(run: Run, { priority = 0, group = '', tokens = 0 }: Partial<Turn> = {}): void {
    this.#turns.set(run, { priority, group, tokens })
    this.#lane(priority).add(run, group)
  }

  /** What would start next. */
  peek(): Turn | undefined {
    const run = this.#next()
    return run === undefined ? undefined : this.#turns.get(run)
  }

  dequeue(): Run | undefined {
    const run = this.#next()
    if (run !== undefined) this.#drop(run, true)
    return run
  }

  remove(run: unknown): void {
    this.#drop(run as Run, false)
  }

  filter({ priority }: Readonly<Partial<Turn>>): Run[] {
    return [...this.#turns].filter(([, turn]) => turn.priority === priority).map(([run]) => run)
  }

  // p-queue asks for it; our calls keep the priority they came with.
  setPriority(): void {}

  #next(): Run | undefined {
    return this.#lanes[1]!.first ?? this.#lanes[0]!.first
  }

  #lane(priority: number): Lane {
    return this.#lanes[priority > 0 ? 1 : 0]!
  }

  #drop(run: Run, turnOver: boolean): void {
    const turn = this.#turns.get(run)
    if (turn === undefined) return
    this.#turns.delete(run)
    this.#lane(turn.priority).delete(run, { group: turn.group, turnOver })
  }
}

/** Calls of one priority; the first group is the one whose turn it is. */
class Lane {
  readonly #groups = new Map<string, Set<Run>>()

  get first(): Run | undefined {
    const [group] = this.#groups.values()
    return group?.values().next().value
  }

  add(run: Run, group: string): void {
    const runs = this.#groups.get(group)
    if (runs === undefined) this.#groups.set(group, new Set([run]))
    else runs.add(run)
  }

  delete(run: Run, { group, turnOver }: { group: string; turnOver: boolean }): void {
    const runs = this.#groups.get(group)
    if (runs === undefined) return
    runs.delete(run)
    if (runs.size > 0 && !turnOver) return
    // The others come first now.
    this.#groups.delete(group)
    if (runs.size > 0) this.#groups.set(group, runs)
  }
}
