/** Everything callers hear that somebody wrote or recorded: found, heard, recorded, assigned. */
import type { FlowDoc, VoiceChoice } from '../../bots/flow/schema.ts'
import type { Speech } from '../../media/tts/tts.ts'
import type { Flows } from '../flows/flows.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel } from '../flows/model.ts'
import { fail } from '../errors.ts'
import { catalogue } from './catalogue.ts'
import { editDraft } from './draft-edit.ts'
import { stemOf } from './file-name.ts'
import { placeDocument } from './place-document.ts'
import { Previews } from './preview.ts'
import type { PromptRecordings } from './prompt-recordings.ts'
import type { WordingPlace } from './record-prompt.ts'
import { recordPrompt, voicePrompt } from './record-prompt.ts'
import type {
  AssignBody,
  AssignedView,
  ListedRecordingView,
  ListPromptsQuery,
  PlaceDocumentBody,
  PreviewBody,
  PromptRecordingView,
  PromptView,
} from './schema.ts'
import type { Tunes } from './tunes.ts'
import type { Uses } from './uses.ts'
import { usesOfRecordings } from './uses.ts'

const MAX_NAME_CHARS = 40

export interface PromptsOptions {
  flows: Flows
  recordings: PromptRecordings
  tunes: Tunes
  speech: Pick<Speech, 'render' | 'voices'>
  now: () => number
}

type PromptPlace = WordingPlace & { flowId: string }

export class Prompts {
  readonly recordings: PromptRecordings
  readonly tunes: Tunes
  readonly previews: Previews
  readonly voices: Speech['voices']
  private readonly flows: Flows

  constructor({ flows, recordings, tunes, speech, now }: PromptsOptions) {
    this.flows = flows
    this.recordings = recordings
    this.tunes = tunes
    this.previews = new Previews({ speech, now })
    this.voices = (locale) => speech.voices(locale)
  }

  async list(query: ListPromptsQuery): Promise<PromptView[]> {
    const heads = await FlowModel.find(
      { deletedAt: null, ...(query.flowId !== undefined && { _id: query.flowId }) },
      { name: 1, kind: 1, draft: 1 },
    )
      .sort({ kind: 1, _id: 1 })
      .lean<FlowHead[]>()
    const all = catalogue(
      heads.map(({ _id: id, name, draft }) => ({ id, name, draft, live: this.liveDoc(id) })),
      await this.recordings.lengths(),
    )
    const words = query.q?.trim().toLowerCase()
    return all.filter(
      (prompt) =>
        (query.lang === undefined || prompt.lang === query.lang) &&
        (query.state === undefined || prompt.state === query.state) &&
        (query.mediaId === undefined || prompt.mediaId === query.mediaId) &&
        (!words ||
          [prompt.text, prompt.spoken, prompt.label, prompt.block, prompt.fileName].some((text) =>
            text?.toLowerCase().includes(words),
          )),
    )
  }

  uses(): Promise<Uses> {
    return usesOfRecordings((id) => this.liveDoc(id))
  }

  async listRecordings(): Promise<ListedRecordingView[]> {
    const [all, uses] = await Promise.all([this.recordings.list(), this.uses()])
    return all.map((recording) => ({ ...recording, uses: uses.get(recording.mediaId) ?? [] }))
  }

  /** A text spoken by a voice, kept as a recording. @throws as `previews.render` */
  async keep(wish: PreviewBody, staffId: string): Promise<PromptRecordingView> {
    const wav = await this.previews.render(wish, staffId)
    const name = [...wish.text.replace(/\s+/g, ' ')].slice(0, MAX_NAME_CHARS).join('')
    return this.recordings.keep(wav, `${name}.wav`, staffId)
  }

  /** @throws FLOW_NOT_FOUND, NOT_FOUND where there is no such wording, CONFLICT */
  record({ flowId, ...at }: PromptPlace, mediaId: string | null, by: string): Promise<number> {
    return this.change(flowId, by, (doc) => recordPrompt(doc, at, mediaId))
  }

  /** Who speaks one wording, and how fast. @throws as `record` */
  voice({ flowId, ...at }: PromptPlace, choice: VoiceChoice, by: string): Promise<number> {
    return this.change(flowId, by, (doc) => voicePrompt(doc, at, choice))
  }

  private async change(
    flowId: string,
    by: string,
    edit: (doc: FlowDoc) => boolean,
  ): Promise<number> {
    let found = false
    const { head } = await editDraft(this.flows, flowId, by, (doc) => (found = edit(doc)))
    return found ? head.draftVersion : fail('NOT_FOUND')
  }

  /** Files named as in the reading list, each onto its prompt; a flow is stored once however many there are. */
  async assign({ files }: AssignBody, by: string): Promise<AssignedView[]> {
    const byName = new Map(
      (await this.list({})).filter(({ inDraft }) => inDraft).map((each) => [each.fileName, each]),
    )
    const pairs = files.map((file) => ({ file, prompt: byName.get(stemOf(file.name)) }))
    const done = new Set<string>()
    for (const flowId of new Set(pairs.flatMap(({ prompt }) => prompt?.flowId ?? []))) {
      const ofFlow = pairs.filter(({ prompt }) => prompt?.flowId === flowId)
      await editDraft(this.flows, flowId, by, (doc) => {
        for (const { file, prompt } of ofFlow) {
          if (recordPrompt(doc, prompt!, file.mediaId)) done.add(file.mediaId)
        }
        return ofFlow.some(({ file }) => done.has(file.mediaId))
      })
    }
    return pairs.map(({ file, prompt }) => ({
      ...file,
      outcome: !prompt ? 'unknown' : done.has(file.mediaId) ? 'assigned' : 'gone',
      ...(prompt && { flowId: prompt.flowId }),
      ...(prompt?.block !== undefined && { block: prompt.block }),
    }))
  }

  /** @throws FLOW_NOT_FOUND, CONFLICT */
  async placeDocument(
    { flowId, ...document }: PlaceDocumentBody,
    by: string,
  ): Promise<{ draftVersion: number; blocks: string[] }> {
    let blocks: string[] = []
    const { head } = await editDraft(this.flows, flowId, by, (doc) => {
      blocks = placeDocument(doc, document)
      return true
    })
    return { draftVersion: head.draftVersion, blocks }
  }

  private liveDoc(flowId: string): unknown {
    return this.flows.get(flowId, 'live')?.doc
  }
}
