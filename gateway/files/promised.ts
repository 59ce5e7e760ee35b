/**
 * Files a provider holds for a while (WeChat: three days) and we fetch beside the conversation, so that text
 * does not wait for a picture. The part names its file from the first moment; whoever opens it early waits.
 */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FetchedMedia, MediaPromise } from '../../channels/provider.ts'
import type { Part } from '../domain/message.ts'
import { YiluError } from '../errors.ts'
import type { Files } from './files.ts'
import type { PromisedFile } from './model.ts'
import { PromisedFileModel } from './model.ts'

const FETCH_WITHIN_MS = 30_000
/** Waits before the second, third … attempt; afterwards it is given up. */
const RETRY_MS = [2_000, 10_000, 60_000, 600_000, 3_600_000]
/** Who opens a file that is still on its way waits this long. */
const WAIT_MS = 20_000

/** What it will most likely be; the stored file knows better once it is there. */
const likelyMime: Record<MediaPromise['kind'], string> = {
  image: 'image/jpeg',
  audio: 'audio/wav',
  video: 'video/mp4',
  file: 'application/octet-stream',
}

export interface PromisedFilesOptions {
  files: Files
  fetch: (accountId: string, ref: string) => Promise<FetchedMedia>
  now: () => number
  onError: (error: unknown, about: object) => void
}

export class PromisedFiles {
  private readonly options: PromisedFilesOptions
  private readonly underWay = new Map<string, Promise<void>>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private stopped = false

  constructor(options: PromisedFilesOptions) {
    this.options = options
  }

  /** Resolves when the promise is stored; the same file promised twice is fetched once. */
  async promise({ accountId, kind, ref, name }: MediaPromise): Promise<Part> {
    const _id = createHash('sha256').update(`${accountId}|${ref}`).digest('hex').slice(0, 32)
    const promised: PromisedFile = {
      ...{ _id, accountId, kind, ref, name, state: 'waiting', attempts: 0 },
      notBefore: new Date(this.options.now()),
    }
    const { upsertedCount } = await PromisedFileModel.updateOne(
      { _id },
      { $setOnInsert: promised },
      { upsert: true },
    )
    if (upsertedCount) this.begin(promised)
    return { type: 'media', kind, blobId: _id, name, mime: likelyMime[kind], bytes: 0 }
  }

  /** At start: what was not fetched when the process ended. */
  async start(): Promise<number> {
    const waiting = await PromisedFileModel.find({ state: 'waiting' }).lean<PromisedFile[]>()
    for (const promised of waiting) this.begin(promised)
    return waiting.length
  }

  /** Resolves when the file is there, or nobody should wait for it any longer. */
  async arrived(id: string): Promise<void> {
    const fetching = this.underWay.get(id)
    if (!fetching) return
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, WAIT_MS)))
    await Promise.race([fetching, late]).finally(() => clearTimeout(timer))
  }

  /** Resolves when nothing is being fetched. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const timer of this.timers) clearTimeout(timer)
    await Promise.all(this.underWay.values())
  }

  private begin(promised: PromisedFile): void {
    const task = this.fetch(promised)
      .catch((error: unknown) => this.options.onError(error, { fileId: promised._id }))
      .finally(() => this.underWay.delete(promised._id))
    this.underWay.set(promised._id, task)
  }

  private async fetch(promised: PromisedFile): Promise<void> {
    const { _id, accountId, ref, attempts, name } = promised
    try {
      const media = await within(FETCH_WITHIN_MS, this.options.fetch(accountId, ref))
      const content = Readable.from([media.content])
      await this.options.files.put(content, media.name ?? name, `account:${accountId}`, _id)
      await PromisedFileModel.updateOne({ _id }, { $set: { state: 'done' } })
    } catch (error) {
      const retryMs = RETRY_MS[attempts]
      // a file of a kind we do not take will be none the next time either
      const hopeless = error instanceof YiluError && error.status < 500
      const state = hopeless || retryMs === undefined ? 'failed' : 'waiting'
      const next = { ...promised, attempts: attempts + 1, state } satisfies PromisedFile
      await PromisedFileModel.updateOne(
        { _id },
        { $set: { state, attempts: next.attempts, error: String(error).slice(0, 300) } },
      )
      if (state === 'waiting') this.later(next, retryMs!)
      else this.options.onError(error, { fileId: _id })
    }
  }

  private later(promised: PromisedFile, ms: number): void {
    if (this.stopped) return
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.begin(promised)
    }, ms)
    this.timers.add(timer)
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('not fetched in time')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
