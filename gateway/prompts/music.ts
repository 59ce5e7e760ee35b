import type { Queue } from '../domain/queue.ts'
import type { Account } from '../intake/model.ts'
import type { Tunes } from './tunes.ts'

export interface MusicOptions {
  tunes: Pick<Tunes, 'pieces'>
  queue: (id: string) => Queue | undefined
  /** a number of ours */
  account: (id: string) => Pick<Account, 'holdTune' | 'ringback'> | undefined
  /** @throws NOT_FOUND, UNSUPPORTED_AUDIO */
  audioFile: (blobId: string) => Promise<string>
  /** the piece that comes along */
  ownPiece: () => Promise<string>
  onError: (error: unknown) => void
}

/** Which music is heard where: the queue's, else the number's, else the house's, else the one that comes along. */
export class Music {
  private readonly options: MusicOptions

  constructor(options: MusicOptions) {
    this.options = options
  }

  async hold({ queueId, accountId }: { queueId?: string; accountId?: string }): Promise<string[]> {
    const { tunes, queue, account, ownPiece } = this.options
    const voice = queueId === undefined ? undefined : queue(queueId)?.voice
    const chosen =
      voice?.tune ?? (accountId === undefined ? undefined : account(accountId)?.holdTune)
    const blobIds = voice?.music ? [voice.music] : tunes.pieces('hold', chosen)
    const files = await this.playable(blobIds)
    return files.length ? files : [await ownPiece()]
  }

  async ringback(accountId: string): Promise<{ files: string[]; ringMs: number } | undefined> {
    const { tunes, account } = this.options
    const wish = account(accountId)?.ringback
    if (!wish) return undefined
    const files = await this.playable(tunes.pieces('ringback', wish.tune))
    return files.length ? { files, ringMs: wish.seconds * 1000 } : undefined
  }

  /** A piece that is gone is left out. */
  private async playable(blobIds: string[]): Promise<string[]> {
    const found = await Promise.all(
      blobIds.map((blobId) =>
        this.options.audioFile(blobId).catch((error: unknown) => {
          this.options.onError(error)
          return undefined
        }),
      ),
    )
    return found.filter((file) => file !== undefined)
  }
}
