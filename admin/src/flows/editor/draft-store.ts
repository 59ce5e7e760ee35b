/**
 * One flow's draft under edit: the document is the truth, with a history; it is saved by itself a moment after the
 * last change. What somebody else stored meanwhile is merged in; only what both changed needs a person.
 */
import type { z } from 'zod'
import type { draftView } from '../../../../gateway/flows/schema.ts'
import { ApiError } from '../../api/error.ts'
import { asObject, isObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { mapJson } from '../json-map.ts'
import { keepSame } from '../keep-same.ts'
import { rebaseDoc } from '../rebase-doc.ts'
import type { Unsaved } from '../unsaved.ts'
import { begun, carriedOver, changed, parted, redone, undone } from './history.ts'
import type { History } from './history.ts'

export type DraftView = z.infer<typeof draftView>

/** What both sides changed; mine is kept, theirs can be taken. */
export interface Clash {
  what: string[]
  theirs: Doc
}

export interface DraftState {
  history: History
  /** as it is stored, and the number of that storing */
  base: { draftVersion: number; doc: Doc }
  /** JSON as typed; without a document as long as it cannot be read */
  typed?: { text: string; doc?: Doc }
  saving: boolean
  error?: unknown
  clash?: Clash
  /** somebody else's changes came in without a clash */
  merged: boolean
  /** unsaved work of before was brought back */
  restored: boolean
}

export interface DraftWorld {
  put(draftVersion: number, doc: Doc): Promise<DraftView>
  get(): Promise<DraftView>
  /** what was stored, for those who show it elsewhere */
  onStored?(view: DraftView): void
  keep(unsaved: Unsaved | undefined): void
  /** quiet time after the last change until it is saved; 0: only on request */
  autosaveMs: number
}

const MAX_MERGES = 3
/** a copy in the browser costs some milliseconds for 300 blocks; leaving the page makes one at once */
const KEEP_MS = 1200
const RETRY_MS = 8000

export const written = (doc: unknown): string => JSON.stringify(doc, null, 2)

export class DraftStore {
  private readonly world: DraftWorld
  private readonly listeners = new Set<() => void>()
  private state: DraftState
  private running: Promise<boolean> | undefined
  private autosave: ReturnType<typeof setTimeout> | undefined
  private keeping: ReturnType<typeof setTimeout> | undefined

  constructor(stored: DraftView, kept: Unsaved | undefined, world: DraftWorld) {
    this.world = world
    this.state = kept ? restoredState(stored, kept) : freshState(stored)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly snapshot = (): DraftState => this.state

  get doc(): Doc {
    return this.state.history.present
  }

  /** JSON stands there that cannot be read: nothing else is changed until it is mended or dropped. */
  get broken(): boolean {
    return this.state.typed !== undefined && this.state.typed.doc === undefined
  }

  get dirty(): boolean {
    return this.broken || this.doc !== this.state.base.doc
  }

  readonly change = (edit: (doc: Doc) => Doc, merge?: string): void => {
    if (this.broken) return
    this.go(changed(this.state.history, edit(this.doc), merge))
  }

  /** The next step is one of its own, also in the same field. */
  readonly part = (): void => {
    this.state = { ...this.state, history: parted(this.state.history) }
  }

  readonly undo = (): void => {
    if (!this.broken) this.go(undone(this.state.history))
  }

  readonly redo = (): void => {
    if (!this.broken) this.go(redone(this.state.history))
  }

  readonly type = (text: string): void => {
    const map = mapJson(text)
    if (!map.ok || !isObject(map.value)) {
      this.set({ typed: { text } })
      return this.keepLater()
    }
    const doc = keepSame(this.doc, map.value)
    this.set({ typed: { text, doc } })
    this.go(changed(this.state.history, doc, 'json'))
  }

  /** Drops JSON that cannot be read. */
  readonly dropTyped = (): void => {
    this.set({ typed: undefined })
    this.keepLater()
  }

  readonly discard = (): void => {
    this.set({ typed: undefined, restored: false, clash: undefined, error: undefined })
    this.go(changed(this.state.history, this.state.base.doc))
    clearTimeout(this.autosave)
  }

  /** @returns whether everything is saved now */
  readonly save = (): Promise<boolean> => {
    clearTimeout(this.autosave)
    // one at a time: the number of the next storing comes with the answer to this one
    const turn = (this.running ?? Promise.resolve(true)).then(() => this.store())
    this.running = turn
    void turn.finally(() => {
      if (this.running === turn) this.running = undefined
    })
    return turn
  }

  /** Takes in what others stored meanwhile. */
  readonly pull = async (): Promise<void> => {
    if (this.state.saving) return
    try {
      const fresh = await this.world.get()
      if (!this.state.saving && fresh.draftVersion > this.state.base.draftVersion) this.take(fresh)
    } catch {
      // the next heartbeat asks again; saving says what is wrong
    }
  }

  /** Of a block both changed, theirs after all. */
  readonly takeTheirs = (what: string): void => {
    const { clash } = this.state
    if (!clash) return
    const theirs = asObject(clash.theirs['blocks'])
    this.change((doc) => {
      const blocks = asObject(doc['blocks'])
      if (!Object.hasOwn(theirs, what) && !Object.hasOwn(blocks, what))
        return { ...doc, [what]: clash.theirs[what] }
      const { [what]: _mine, ...rest } = blocks
      const put = Object.hasOwn(theirs, what) ? { ...blocks, [what]: theirs[what] } : rest
      return { ...doc, blocks: put }
    })
    const left = clash.what.filter((one) => one !== what)
    this.set({ clash: left.length > 0 ? { ...clash, what: left } : undefined })
    if (left.length === 0) this.saveLater()
  }

  /** Stops the clocks; what is not saved is kept in the browser. */
  stop(): void {
    clearTimeout(this.autosave)
    if (this.keeping !== undefined) this.keepNow()
  }

  readonly keepNow = (): void => {
    clearTimeout(this.keeping)
    this.keeping = undefined
    const { base, typed } = this.state
    this.world.keep(
      this.dirty
        ? {
            draftVersion: base.draftVersion,
            base: JSON.stringify(base.doc),
            text: this.broken ? typed!.text : JSON.stringify(this.doc),
          }
        : undefined,
    )
  }

  private go(history: History): void {
    if (history === this.state.history) return
    const { typed } = this.state
    this.set({ history, ...(typed && typed.doc !== history.present && { typed: undefined }) })
    this.keepLater()
    this.saveLater()
  }

  private saveLater(afterMs = this.world.autosaveMs): void {
    clearTimeout(this.autosave)
    // a clash waits for a person
    if (this.world.autosaveMs === 0 || this.state.clash || !this.dirty) return
    this.autosave = setTimeout(() => void this.save(), afterMs)
  }

  private keepLater(): void {
    this.keeping ??= setTimeout(this.keepNow, KEEP_MS)
  }

  private async store(): Promise<boolean> {
    if (this.broken) return false
    if (!this.dirty) return true
    this.set({ saving: true, error: undefined })
    try {
      for (let attempt = 0; ; attempt++) {
        const sent = this.doc
        try {
          this.settle(sent, await this.world.put(this.state.base.draftVersion, sent))
          return true
        } catch (refused) {
          const conflict = refused instanceof ApiError && refused.code === 'CONFLICT'
          if (!conflict || attempt >= MAX_MERGES) throw refused
          if (!this.take(await this.world.get())) return false
        }
      }
    } catch (failed) {
      this.set({ error: failed })
      // nobody has to press a button when the network is back
      if (failed instanceof ApiError && failed.status === 0) this.saveLater(RETRY_MS)
      return false
    } finally {
      this.set({ saving: false })
      this.keepNow()
    }
  }

  /** The answer of the server is the new ground; what was typed since stands on it. */
  private settle(sent: Doc, view: DraftView): void {
    const doc = keepSame(sent, view.doc)
    const over = (mine: Doc) => (mine === sent ? doc : rebaseDoc(sent, mine, doc).doc)
    const history = doc === sent ? this.state.history : carriedOver(this.state.history, over)
    this.set({
      base: { draftVersion: view.draftVersion, doc },
      history,
      clash: undefined,
      restored: false,
    })
    this.world.onStored?.({ draftVersion: view.draftVersion, doc })
    if (this.dirty) this.saveLater()
  }

  /** Puts my changes on what is stored now. @returns whether nothing clashed */
  private take(fresh: DraftView): boolean {
    const { base, history } = this.state
    const theirs = keepSame(base.doc, fresh.doc)
    const { clashes } = rebaseDoc(base.doc, history.present, theirs)
    const over = (mine: Doc) =>
      mine === base.doc ? theirs : keepSame(mine, rebaseDoc(base.doc, mine, theirs).doc)
    const carried = carriedOver(history, over)
    this.set({
      base: { draftVersion: fresh.draftVersion, doc: theirs },
      history: carried,
      merged: clashes.length === 0,
      ...(clashes.length > 0 && { clash: { what: clashes, theirs } }),
      ...(this.state.typed?.doc && { typed: undefined }),
    })
    this.world.onStored?.(fresh)
    return clashes.length === 0
  }

  private set(change: Partial<{ [K in keyof DraftState]: DraftState[K] | undefined }>): void {
    this.state = { ...this.state, ...change } as DraftState
    for (const listener of this.listeners) listener()
  }
}

const freshState = ({ draftVersion, doc }: DraftView): DraftState => ({
  history: begun(doc),
  base: { draftVersion, doc },
  saving: false,
  merged: false,
  restored: false,
})

function restoredState(stored: DraftView, kept: Unsaved): DraftState {
  const read = (text: string) => {
    const map = mapJson(text)
    return map.ok && isObject(map.value) ? map.value : undefined
  }
  const was = read(kept.base)
  if (!was) return freshState(stored)
  const same = kept.draftVersion === stored.draftVersion
  const base = { draftVersion: kept.draftVersion, doc: keepSame(stored.doc, same ? stored.doc : was) } // prettier-ignore
  const mine = read(kept.text)
  const doc = mine && keepSame(base.doc, mine)
  return {
    ...freshState(base),
    history: doc ? changed(begun(base.doc), doc) : begun(base.doc),
    restored: doc !== base.doc,
    ...(!doc && { typed: { text: kept.text } }),
  }
}
