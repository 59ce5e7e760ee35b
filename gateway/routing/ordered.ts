/**
 * A sorted array: log n comparisons to add, remove and find the place, and one memmove. Unlike a heap
 * it can be walked in order and tells a visitor's position. `compare` must be a total order over keys that do not change inside.
 */
export class Ordered<T> {
  readonly #compare: (a: T, b: T) => number
  #items: T[]

  constructor(compare: (a: T, b: T) => number, items: T[] = []) {
    this.#compare = compare
    this.#items = items.sort(compare)
  }

  get size(): number {
    return this.#items.length
  }

  at(index: number): T | undefined {
    return this.#items[index]
  }

  add(item: T): void {
    this.#items.splice(this.#lowerBound(item), 0, item)
  }

  /** False when it was not there. */
  remove(item: T): boolean {
    const index = this.indexOf(item)
    if (index < 0) return false
    this.#items.splice(index, 1)
    return true
  }

  shift(): T | undefined {
    return this.#items.shift()
  }

  /** Place from the front, 0 first; -1 when absent. */
  indexOf(item: T): number {
    const index = this.#lowerBound(item)
    return this.#items[index] === item ? index : -1
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#items[Symbol.iterator]()
  }

  #lowerBound(item: T): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#items[middle]!, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
