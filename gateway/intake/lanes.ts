/** One thing at a time per key, different keys side by side, first come first served. */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>()

  /** Runs `task` when everything queued on `key` before it has ended, whatever became of that. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key)
    const result = before ? before.then(task, task) : task()
    const tail = result.catch(() => undefined)
    this.tails.set(key, tail)
    void tail.then(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key)
    })
    return result
  }

  get busy(): number {
    return this.tails.size
  }

  /** Resolves when no lane is running any more. */
  async idle(): Promise<void> {
    while (this.tails.size) await Promise.all(this.tails.values())
  }
}
