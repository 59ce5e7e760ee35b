/** Where recordings are used: in drafts, in what is live, in versions one may roll back to, in tunes, in queues. */
import { recordingsOf } from '../flows/references.ts'
import type { FlowHead, FlowVersion } from '../flows/model.ts'
import { FlowModel, FlowVersionModel } from '../flows/model.ts'
import { QueueModel } from '../routing/model.ts'
import type { Tune } from './model.ts'
import { TuneModel } from './model.ts'
import { promptsIn } from './prompts-in.ts'
import type { RecordingUseView } from './schema.ts'

export type Uses = Map<string, RecordingUseView[]>

export async function usesOfRecordings(live: (flowId: string) => unknown): Promise<Uses> {
  const uses: Uses = new Map()
  const add = (mediaId: string, use: RecordingUseView) =>
    uses.set(mediaId, [...(uses.get(mediaId) ?? []), use])
  const [heads, tunes, queues] = await Promise.all([
    FlowModel.find({ deletedAt: null }, { name: 1, draft: 1 }).lean<FlowHead[]>(),
    TuneModel.find().lean<Tune[]>(),
    QueueModel.find({ 'voice.music': { $exists: true } }, { name: 1, voice: 1 }).lean<
      { _id: string; name: { zh: string }; voice?: { music?: string } }[]
    >(),
  ])
  for (const { _id: id, name, draft } of heads) {
    for (const [kind, doc] of [
      ['draft', draft],
      ['live', live(id)],
    ] as const) {
      for (const { block, field, variants } of promptsIn(doc)) {
        for (const [lang, { audio }] of variants) {
          if (!audio) continue
          add(audio.mediaId, { kind, id, name, ...(block !== undefined && { block }), field, lang })
        }
      }
    }
  }
  for (const { _id: id, name, pieces } of tunes) {
    for (const piece of new Set(pieces)) add(piece, { kind: 'tune', id, name })
  }
  for (const { _id: id, name, voice } of queues) {
    if (voice?.music) add(voice.music, { kind: 'queue', id, name: name.zh })
  }
  return uses
}

/** A version with it that is not live now: somebody may roll back to it, or a conversation be inside. */
export async function versionWith(mediaId: string): Promise<RecordingUseView | undefined> {
  const versions = FlowVersionModel.find({}, { flowId: 1, version: 1, doc: 1 }).lean<
    FlowVersion[]
  >()
  for await (const { flowId, version, doc } of versions.cursor() as AsyncIterable<FlowVersion>) {
    if (recordingsOf(doc).includes(mediaId)) {
      return { kind: 'version', id: `${flowId}@${version}`, name: doc.name }
    }
  }
  return undefined
}
