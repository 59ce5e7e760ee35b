/** Uploaded and kept recordings: brought to the telephone's form when they come, and removed when nobody uses them. */
import { Readable } from 'node:stream'
import { durationOf } from '../../media/prompts/duration-of.ts'
import { fail } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { StoredFile } from '../files/model.ts'
import type { PromptAudio } from '../prompt-audio.ts'
import type { PromptRecording } from './model.ts'
import { PromptRecordingModel } from './model.ts'
import type { PromptRecordingView } from './schema.ts'
import type { Uses } from './uses.ts'
import { versionWith } from './uses.ts'

export interface PromptRecordingsOptions {
  files: Files
  audio: PromptAudio
  now: () => number
}

export class PromptRecordings {
  private readonly options: PromptRecordingsOptions

  constructor(options: PromptRecordingsOptions) {
    this.options = options
  }

  /**
   * Takes a file that was stored a moment ago; one that is no sound is removed again.
   * @throws UNSUPPORTED_AUDIO, TOO_LARGE, RATE_LIMITED
   */
  async add(
    stored: Pick<StoredFile, '_id' | 'name' | 'sha256' | 'bytes'>,
    origin: PromptRecording['origin'],
    by: string,
  ): Promise<PromptRecordingView> {
    const { files, audio, now } = this.options
    try {
      const durationMs = await durationOf(await audio.file(stored._id))
      const { _id, name, sha256, bytes } = stored
      const recording: PromptRecording = {
        ...{ _id, name, sha256, bytes, durationMs, origin, by },
        at: new Date(now()),
      }
      await PromptRecordingModel.create(recording)
      return recordingViewOf(recording)
    } catch (error) {
      await files.remove(stored._id)
      throw error
    }
  }

  /** Keeps a WAV file that was synthesised, as if it had been recorded. */
  async keep(wav: Buffer, name: string, by: string): Promise<PromptRecordingView> {
    const stored = await this.options.files.put(Readable.from([wav]), name, by)
    return this.add(stored, 'synthesis', by)
  }

  /** @returns a WAV file, PCM16 mono 8 kHz. @throws NOT_FOUND for files that are no recordings of ours */
  async file(mediaId: string, uses: () => Promise<Uses>): Promise<string> {
    const known = await PromptRecordingModel.exists({ _id: mediaId })
    // one of an earlier day, uploaded for a queue or written into a flow by hand
    if (!known && !(await uses()).has(mediaId)) fail('NOT_FOUND')
    return this.options.audio.file(mediaId)
  }

  async list(): Promise<PromptRecordingView[]> {
    const all = await PromptRecordingModel.find().sort({ at: -1 }).lean<PromptRecording[]>()
    return all.map(recordingViewOf)
  }

  /** ms by recording, of all that are known; `more` are looked up where they lie */
  async lengths(): Promise<Map<string, number>> {
    const all = await PromptRecordingModel.find({}, { durationMs: 1 }).lean<PromptRecording[]>()
    return new Map(all.map(({ _id, durationMs }) => [_id, durationMs]))
  }

  /** @throws NOT_FOUND, IN_USE with one place that uses it */
  async remove(mediaId: string, uses: Uses): Promise<void> {
    if (!(await PromptRecordingModel.exists({ _id: mediaId }))) fail('NOT_FOUND')
    const use = uses.get(mediaId)?.[0] ?? (await versionWith(mediaId))
    if (use) fail('IN_USE', use)
    await PromptRecordingModel.deleteOne({ _id: mediaId })
    await this.options.files.remove(mediaId)
    await this.options.audio.forget(mediaId)
  }
}

function recordingViewOf({ _id, name, bytes, durationMs, origin, by, at }: PromptRecording) {
  return { mediaId: _id, name, bytes, durationMs, origin, by, atMs: at.getTime() }
}
