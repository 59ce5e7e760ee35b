/** The clients that listen, by conversation: whoever is first or last among them changes its presence. */
import type { WebSocket } from 'ws'
import { legKey } from '../../gateway/domain/conversation.ts'
import type { ChannelContext, ResumePoint, ThreadOf } from '../channel.ts'
import type { Activity } from './outgoing-activity.ts'
import type { ReadThread } from './stream.ts'
import { Stream } from './stream.ts'

const STREAMS_PER_CONVERSATION = 10

export interface OpenStreamsOptions extends Pick<ChannelContext, 'presence'> {
  onError: (error: unknown) => void
}

export interface NewStream {
  socket: WebSocket
  after: ResumePoint | undefined
  read: (after: ResumePoint | undefined) => Promise<ReadThread>
}

export class OpenStreams {
  private readonly options: OpenStreamsOptions
  private readonly streams = new Map<string, Set<Stream>>()

  constructor(options: OpenStreamsOptions) {
    this.options = options
  }

  accept(leg: ThreadOf, { socket, after, read }: NewStream): void {
    const { onError, presence } = this.options
    const key = legKey(leg)
    const others = this.streams.get(key) ?? new Set()
    if (others.size >= STREAMS_PER_CONVERSATION) return socket.close(1013)
    const stream: Stream = new Stream({
      ...{ socket, after, onError, read },
      onClose: () => {
        others.delete(stream)
        if (others.size) return
        this.streams.delete(key)
        void presence(leg.accountId, leg.threadKey, false).catch(onError)
      },
    })
    // known first, then the past: what happens in between wakes it once more
    others.add(stream)
    this.streams.set(key, others)
    stream.wake()
    if (others.size === 1) void presence(leg.accountId, leg.threadKey, true).catch(onError)
  }

  has(leg: ThreadOf): boolean {
    return this.streams.has(legKey(leg))
  }

  wake(leg: ThreadOf): void {
    for (const stream of this.streams.get(legKey(leg)) ?? []) stream.wake()
  }

  tell(leg: ThreadOf, activity: Activity): void {
    for (const stream of this.streams.get(legKey(leg)) ?? []) stream.tell(activity)
  }

  close(): void {
    for (const streams of this.streams.values()) for (const stream of streams) stream.close()
  }
}
