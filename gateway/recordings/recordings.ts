/** Recordings from their first second to the end of their retention. */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { localDate } from '../domain/local-time.ts'
import { fail } from '../errors.ts'
import { ConversationModel } from '../intake/model.ts'
import { newId } from '../store/id.ts'
import { RecordingModel } from './model.ts'
import type { Recording } from './recording.ts'
import { mendWav } from '../../media/prompts/wav-file.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** removed at a time, so that a long backlog holds nothing up */
const BATCH = 200

export interface RecordingsOptions {
  dataDir: string
  now: () => number
  timezone: string
  /** 0: kept for ever */
  retentionDays: number
  onError: (error: unknown) => void
}

export interface NewRecording {
  kind: 'call' | 'voicemail'
  conversationId: string
  contactId: string
  legId?: string
  number?: string
  queueId?: string
  agentIds?: string[]
}

export interface FinishedRecording {
  durationMs: number
  bytes: number
  /** everybody who talked in it */
  agentIds?: string[]
  queueId?: string
  pauses?: Recording['pauses']
}

export class Recordings {
  private readonly dir: string
  private readonly options: RecordingsOptions
  private timer: NodeJS.Timeout | undefined

  constructor(options: RecordingsOptions) {
    this.options = options
    this.dir = path.join(options.dataDir, 'recordings')
  }

  /** What the last process left unfinished is closed; old files go, now and every hour. */
  async start(): Promise<{ recovered: number }> {
    const recovered = await this.recover()
    const expire = () => void this.removeExpired().catch(this.options.onError)
    expire()
    this.timer = setInterval(expire, HOUR_MS)
    this.timer.unref()
    return { recovered }
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** The row is there before the first sample, so that no file is ever without one. @returns an absolute path */
  async begin(about: NewRecording): Promise<{ id: string; file: string }> {
    const id = newId()
    const nowMs = this.options.now()
    const day = localDate(nowMs, this.options.timezone).split('-')
    const recording: Recording = {
      ...about,
      _id: id,
      agentIds: about.agentIds ?? [],
      startedAt: new Date(nowMs),
      durationMs: 0,
      bytes: 0,
      state: 'recording',
      file: [...day, `${id}.wav`].join('/'),
      pauses: [],
    }
    await RecordingModel.create(recording)
    const file = this.fileOf(recording)
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    return { id, file }
  }

  /** A second time changes nothing. */
  async finish(id: string, result: FinishedRecording): Promise<void> {
    const { durationMs, bytes, agentIds, queueId, pauses } = result
    await RecordingModel.updateOne(
      { _id: id, state: 'recording' },
      {
        $set: {
          durationMs,
          bytes,
          endedAt: new Date(this.options.now()),
          state: durationMs > 0 ? 'stored' : 'broken',
          ...(agentIds && { agentIds: [...new Set(agentIds)] }),
          ...(queueId && { queueId }),
          ...(pauses && { pauses }),
        },
      },
    )
  }

  async get(id: string): Promise<Recording | undefined> {
    return (await RecordingModel.findById(id).lean<Recording>()) ?? undefined
  }

  /** Absolute path. */
  fileOf(recording: Pick<Recording, 'file'>): string {
    return path.join(this.dir, ...recording.file.split('/'))
  }

  /** The audio of a recording that is there. @throws NOT_FOUND, RECORDING_GONE */
  async audioFile(id: string): Promise<string> {
    const recording = (await this.get(id)) ?? fail('NOT_FOUND')
    if (recording.state === 'deleted' || recording.state === 'broken') fail('RECORDING_GONE')
    return this.fileOf(recording)
  }

  /** Rows a killed process left behind get the length their files really have. @returns how many */
  async recover(): Promise<number> {
    const open = await RecordingModel.find({ state: 'recording' }).lean<Recording[]>()
    for (const recording of open) {
      const wav = await mendWav(this.fileOf(recording))
      const durationMs = wav?.durationMs ?? 0
      await this.finish(recording._id, {
        durationMs,
        bytes: wav?.bytes ?? 0,
        ...(await servedBy(recording)),
      })
      await RecordingModel.updateOne(
        { _id: recording._id },
        { $set: { endedAt: new Date(recording.startedAt.getTime() + durationMs) } },
      )
    }
    return open.length
  }

  /** Files older than the retention are removed; their rows stay. @returns how many */
  async removeExpired(): Promise<number> {
    const { retentionDays, now } = this.options
    if (retentionDays === 0) return 0
    const before = new Date(now() - retentionDays * DAY_MS)
    let removed = 0
    for (;;) {
      const old = await RecordingModel.find({
        state: { $in: ['stored', 'broken'] },
        startedAt: { $lt: before },
      })
        .sort({ startedAt: 1 })
        .limit(BATCH)
        .lean<Recording[]>()
      for (const recording of old) {
        await rm(this.fileOf(recording), { force: true })
        await RecordingModel.updateOne({ _id: recording._id }, { $set: { state: 'deleted' } })
      }
      removed += old.length
      if (old.length < BATCH) return removed
    }
  }
}

/** Who talked in a call whose end nobody saw: who has or had the conversation. */
async function servedBy({
  conversationId,
  agentIds,
}: Recording): Promise<Pick<FinishedRecording, 'agentIds' | 'queueId'>> {
  const conversation = await ConversationModel.findById(conversationId, {
    agentId: 1,
    lastAgentId: 1,
    queueId: 1,
  }).lean<{ agentId?: string; lastAgentId?: string; queueId?: string }>()
  const known = [conversation?.agentId, conversation?.lastAgentId].filter((id) => id !== undefined)
  return {
    agentIds: [...agentIds, ...known],
    ...(conversation?.queueId && { queueId: conversation.queueId }),
  }
}
