/**
 * A client's WebSocket. What it is sent is read from the message store, after what it has, in order: so its
 * watermark never passes over a message, whichever way and in whatever order changes are heard of.
 */
import type { WebSocket } from 'ws'
import type { ResumePoint, ThreadView } from '../channel.ts'
import type { Activity } from './outgoing-activity.ts'
import { watermarkOf } from './watermark.ts'

const PING_MS = 25_000
const MAX_BUFFERED_BYTES = 1024 * 1024

export interface ActivitySet {
  activities: Activity[]
  watermark?: string
}

export interface StreamOptions {
  socket: WebSocket
  after: ResumePoint | undefined
  read: (after: ResumePoint | undefined) => Promise<ReadThread>
  onClose: () => void
  onError: (error: unknown) => void
}

/** Part of a thread as a client gets it. */
export interface ReadThread {
  activities: Activity[]
  /** of the last message looked at */
  last: ResumePoint | undefined
  standing: ThreadView['standing']
}

export class Stream {
  private readonly options: StreamOptions
  private after: ResumePoint | undefined
  private reading = false
  private again = false
  private alive = true
  /** the conversation whose end it was told */
  private ended: string | undefined
  private readonly heartbeat: NodeJS.Timeout

  constructor(options: StreamOptions) {
    this.options = options
    this.after = options.after
    const { socket, onClose } = options
    this.heartbeat = setInterval(() => {
      if (!this.alive) return socket.terminate()
      this.alive = false
      socket.ping()
    }, PING_MS)
    socket.on('pong', () => (this.alive = true))
    // clients send empty frames to find out whether the line still holds; nothing else belongs here
    socket.on('message', () => (this.alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(this.heartbeat)
      onClose()
    })
  }

  /** Something was said: sends what the client has not got. */
  wake(): void {
    this.again = true
    if (this.reading) return
    this.reading = true
    void this.pump()
      .catch((error: unknown) => {
        // a client that comes back reads on from where it is
        this.options.onError(error)
        this.options.socket.close(1011)
      })
      .finally(() => (this.reading = false))
  }

  /** Said of the moment, not kept: it moves no watermark. */
  tell(activity: Activity): void {
    this.write({ activities: [activity] })
  }

  close(): void {
    this.options.socket.close(1001)
  }

  private async pump(): Promise<void> {
    while (this.again) {
      this.again = false
      const { activities, last, standing } = await this.options.read(this.after)
      if (last) this.after = last
      if (activities.length && this.after)
        this.write({ activities, watermark: watermarkOf(this.after) })
      if (standing?.state === 'closed' && standing.conversationId !== this.ended && this.after) {
        this.ended = standing.conversationId
        this.tell({
          type: 'endOfConversation',
          from: { id: 'bot', role: 'bot' },
          code: 'completedSuccessfully',
        })
      }
    }
  }

  private write(set: ActivitySet): void {
    const { socket } = this.options
    if (socket.readyState !== socket.OPEN) return
    // a reader this slow comes back and reads on
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
    socket.send(JSON.stringify(set))
  }
}
