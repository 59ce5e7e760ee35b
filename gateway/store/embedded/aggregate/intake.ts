import { compileFilter } from '../match.ts'
import { parseSort, Sorter } from '../sort.ts'
import type { Doc, Predicate } from '../value.ts'
import { decode } from '../value.ts'
import type { Task } from './messages.ts'
import { promote } from './promote.ts'

/**
 * The front of a pipeline, on the bytes of documents that may match: tests them, and keeps what the task
 * sorts, skips and limits to. The same on both threads.
 */
export class Intake {
  private readonly matches: Predicate
  private readonly sorter: Sorter<Doc> | null
  private readonly skip: number
  /** where to stop; 0: nowhere */
  private readonly end: number
  private readonly kept: Doc[] = []
  private seen = 0

  constructor({ filter, sort, skip, limit, variables }: Omit<Task, 'stages'>) {
    const fields = parseSort(sort)
    this.matches = compileFilter(filter, variables ?? undefined)
    this.skip = skip
    this.end = limit ? skip + limit : 0
    this.sorter = fields.length ? new Sorter<Doc>(fields, this.end) : null
  }

  /** More documents would change nothing. */
  get full(): boolean {
    return !this.sorter && this.end > 0 && this.seen >= this.end
  }

  add(bytes: Uint8Array): void {
    if (this.full) return
    const doc = decode(bytes)
    if (!this.matches(doc)) return
    if (this.sorter) this.sorter.add(doc, doc, bytes.length)
    else if (this.seen++ >= this.skip) this.kept.push(doc)
  }

  /** To be called once, at the end. */
  documents(): Doc[] {
    const docs = this.sorter ? this.sorter.sorted().slice(this.skip) : this.kept
    for (const doc of docs) promote(doc)
    return docs
  }
}
