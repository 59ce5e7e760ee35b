/** The prompts of a running hotline, as content staff keep them and as callers hear them. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type {
  AssignedView,
  ListedRecordingView,
  PromptRecordingView,
  PromptView,
  ReadDocumentView,
  TuneView,
  VoiceView,
} from '../../gateway/prompts/schema.ts'
import { readWavHeader } from '../../media/prompts/wav-header.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { wavOfTone } from '../channels/voice/wav-of-tone.ts'
import { docx, paragraph } from '../gateway/documents/office-files.ts'

const RINGBACK = 600
const HOLD = 1000

describe('the prompts of a hotline', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let tourist: SimulatedPhone
  let admin: SimulatedAgent
  /** the flow that comes along */
  let hotline: string

  before(async () => {
    ;[product, tourist] = await Promise.all([runProduct(), SimulatedPhone.start()])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
  })
  after(async () => {
    await tourist?.stop()
    await product?.stop()
  })

  const sample = (kind: string) =>
    readFile(new URL(`../assets/tone-440hz-2s.${kind}`, import.meta.url))
  const send = (path: string, bytes: Buffer, name: string) => {
    const body = new FormData()
    body.set('file', new Blob([new Uint8Array(bytes)]), name)
    const headers = { cookie: admin.cookie }
    return fetch(`${admin.base}/api/v1${path}`, { method: 'POST', headers, body })
  }
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await admin.rest(method, path, body)
    expect(response.ok, `${path} ${await response.clone().text()}`).to.equal(true)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
  const upload = async (bytes: Buffer, name: string): Promise<PromptRecordingView> => {
    const response = await send('/prompts/recordings', bytes, name)
    expect(response.ok, await response.clone().text()).to.equal(true)
    return (await response.json()) as PromptRecordingView
  }
  const refusal = async (response: Response) => ((await response.json()) as { code?: string }).code
  const draftOf = (flow: string) =>
    admin.get<{ draftVersion: number; doc: { blocks: Record<string, object> } }>(
      `/flows/${flow}/draft`,
    )
  const publish = async (flow: string, doc: object) => {
    const { draftVersion } = await draftOf(flow)
    await ask('PUT', `/flows/${flow}/draft`, { draftVersion, doc })
    await ask('POST', `/flows/${flow}/publish`, {})
  }
  const twoWords = (id: string) => ({
    ...{ schema: 1, id, name: id, kind: 'main', entry: 'hello', langs: ['zh-CN'] },
    defaultLang: 'zh-CN',
    blocks: {
      hello: { type: 'say', prompt: { 'zh-CN': { text: '您好,欢迎致电' } }, out: { next: 'end' } },
      end: { type: 'end', reason: 'done' },
    },
  })

  it('a recording in MP3, uploaded by the name of the reading list, is heard by the next caller', async () => {
    await ask('POST', '/flows', { id: 'greet', name: '问候' })
    await publish('greet', twoWords('greet'))
    const csv = await (await admin.rest('GET', '/prompts/reading-list?flowId=greet')).text()
    expect(csv).to.include('greet.hello.prompt.zh-CN')
    const recording = await upload(await sample('mp3'), 'greet.hello.prompt.zh-CN.mp3')
    expect(recording).to.include({ origin: 'upload' })
    expect(recording.durationMs).to.be.within(1990, 2100)
    const { items } = await ask<{ items: AssignedView[] }>('POST', '/prompts/assign', {
      files: [recording, { ...recording, name: 'nothing.wav' }],
    })
    expect(items.map(({ outcome }) => outcome)).to.deep.equal(['assigned', 'unknown'])
    await ask('POST', '/flows/greet/publish', {})
    const { items: numbers } = await admin.get<{
      items: { id: string; version: number; flowId: string }[]
    }>('/telephony/number-plan')
    const { id, version } = numbers[0]!
    hotline = numbers[0]!.flowId
    await ask('PATCH', `/telephony/number-plan/${id}`, { flowId: 'greet', version })
    await admin.get('/telephony/numbers')
    const call = await tourist.call(product.sipPort, '12301')
    await call.hearsTone(440, 0.9)
    call.hangUp()
    await call.ended
  })

  it('the catalogue knows it; the text changes, and it is stale until somebody says that it still fits', async () => {
    const one = async () => {
      const { items } = await admin.get<{ items: PromptView[] }>('/prompts?flowId=greet')
      return items.find(({ block }) => block === 'hello')!
    }
    expect(await one()).to.include({ state: 'recorded', live: 'same', inDraft: true })
    const { draftVersion, doc } = await draftOf('greet')
    const changed = structuredClone(doc) as ReturnType<typeof twoWords>
    changed.blocks.hello.prompt['zh-CN'].text = '您好!'
    await ask('PUT', '/flows/greet/draft', { draftVersion, doc: changed })
    const stale = await one()
    expect(stale).to.include({ state: 'stale', live: 'differs', text: '您好!' })
    const { flowId, block, field, lang, mediaId } = stale
    await ask('PUT', '/prompts/recorded', { flowId, block, field, lang, mediaId })
    expect(await one()).to.include({ state: 'recorded' })
    await ask('PUT', '/prompts/recorded', { flowId, block, field, lang, mediaId: null })
    expect(await one()).to.include({ state: 'synthetic' })
  })

  it('a recording is removed only when no flow, no version and no tune uses it', async () => {
    const [used] = (await admin.get<{ items: ListedRecordingView[] }>('/prompts/recordings')).items
    expect(used!.uses.map(({ kind }) => kind)).to.deep.equal(['live'])
    const refused = await admin.rest('DELETE', `/prompts/recordings/${used!.mediaId}`)
    expect(await refusal(refused)).to.equal('IN_USE')
    const other = await upload(wavOfTone(700, 500), 'other.wav')
    const audio = await admin.rest('GET', `/prompts/recordings/${other.mediaId}/audio`)
    const header = readWavHeader(Buffer.from(await audio.arrayBuffer()))
    expect(header).to.include({ encoding: 'pcm16', channels: 1, sampleRate: 8000 })
    await ask('GET', `/prompts/recordings/${other.mediaId}/peaks`)
    await ask('DELETE', `/prompts/recordings/${other.mediaId}`)
    const gone = await admin.rest('GET', `/prompts/recordings/${other.mediaId}/audio`)
    expect(gone.status).to.equal(404)
  })

  it('a text is heard with another voice and speed before it is used, and may be kept as a recording', async () => {
    const { items: voices } = await admin.get<{ items: VoiceView[] }>('/prompts/voices?lang=zh-CN')
    expect(voices.map(({ provider }) => provider)).to.include('espeak')
    const wish = { text: '欢迎 {{name}},请稍候', lang: 'zh-CN', voice: voices[0]!.id }
    const lasts = async (speed: number) => {
      const response = await admin.rest('POST', '/prompts/preview', { ...wish, speed })
      expect(response.headers.get('content-type')).to.equal('audio/wav')
      return (await response.arrayBuffer()).byteLength
    }
    expect(await lasts(0.7)).to.be.greaterThan(1.3 * (await lasts(1.4)))
    const kept = await ask<PromptRecordingView>('POST', '/prompts/synthesised', wish)
    expect(kept).to.include({ origin: 'synthesis' })
    expect(kept.durationMs).to.be.greaterThan(800)
    for (const wrong of [{ text: '' }, { text: 'x'.repeat(1001) }, { speed: 9 }]) {
      const response = await admin.rest('POST', '/prompts/preview', { ...wish, ...wrong })
      expect(response.status).to.equal(400)
    }
  })

  it('what is no sound is refused with what to do, and leaves nothing', async () => {
    const before = (await admin.get<{ items: unknown[] }>('/prompts/recordings')).items.length
    const m4a = Buffer.concat([Buffer.from('\x00\x00\x00\x20ftypM4A ', 'latin1'), Buffer.alloc(64)])
    expect(await refusal(await send('/prompts/recordings', m4a, 'a.m4a'))).to.equal(
      'UNSUPPORTED_AUDIO',
    )
    expect(
      await refusal(await send('/prompts/recordings', Buffer.from('hello'), 'a.wav')),
    ).to.equal('UNSUPPORTED_AUDIO')
    const half = (await sample('flac')).subarray(0, 80)
    expect(await refusal(await send('/prompts/recordings', half, 'a.flac'))).to.equal(
      'UNSUPPORTED_AUDIO',
    )
    const { items } = await admin.get<{ items: unknown[] }>('/prompts/recordings')
    expect(items).to.have.length(before)
  })

  it('a Word document becomes say blocks of a draft', async () => {
    const lines = [
      '入园须知',
      '游客入园须出示有效证件,老人和儿童请由家人陪同。',
      '园内禁止吸烟和使用明火,违者将被请出园区。',
    ]
    const response = await send(
      '/prompts/documents',
      docx(lines.map(paragraph).join('')),
      '须知.docx',
    )
    const read = (await response.json()) as ReadDocumentView
    expect(read).to.include({ kind: 'text', name: '须知.docx' })
    expect(read.passages).to.deep.equal([`${lines[0]}\n${lines[1]}`, lines[2]])
    const { blocks } = await ask<{ blocks: string[] }>('POST', '/prompts/documents/placed', {
      flowId: 'greet',
      name: '须知',
      lang: 'zh-CN',
      passages: read.passages,
    })
    const { doc } = await draftOf('greet')
    expect(doc.blocks[blocks[0]!]).to.deep.include({ type: 'say', out: { next: blocks[1] } })
    expect(
      await refusal(await send('/prompts/documents', Buffer.from('%PDF-1.4'), 'a.docx')),
    ).to.equal('BAD_DOCUMENT')
  })

  it('a ring-back tone sounds before the number answers; music of two pieces for who waits there', async () => {
    const piece = async (hz: number) => (await upload(wavOfTone(hz, 4000), `${hz}.wav`)).mediaId
    const tune = async (kind: string, hz: number[]) =>
      ask<TuneView>('POST', '/prompts/tunes', {
        ...{ kind, name: kind, pieces: await Promise.all(hz.map(piece)) },
      })
    const ringback = await tune('ringback', [RINGBACK])
    const hold = await tune('hold', [HOLD, HOLD])
    const { items } = await admin.get<{ items: { id: string; version: number }[] }>(
      '/telephony/number-plan',
    )
    const { id, version } = items[0]!
    await ask('PATCH', `/telephony/number-plan/${id}`, {
      version,
      flowId: hotline,
      holdTune: hold.id,
      ringback: { tune: ringback.id, seconds: 2 },
    })
    await admin.get('/telephony/numbers')
    const { call, answered } = await tourist.dial(product.sipPort, '12301')
    let isAnswered = false
    void answered.then(() => (isAnswered = true))
    await call.hearsTone(RINGBACK, 0.9)
    expect(isAnswered, 'answered before it was heard').to.equal(false)
    await answered
    await call.hearsOtherThan(RINGBACK)
    call.press('0')
    // the hotline has its say first, about ten seconds
    await call.hearsTone(HOLD, 0.8).catch(() => call.hearsTone(HOLD, 0.8))
    call.hangUp()
    await call.ended
    const refused = await admin.rest('DELETE', `/prompts/tunes/${hold.id}`)
    expect(await refusal(refused)).to.equal('IN_USE')
  })

  it('agents may not touch any of it', async () => {
    const agent = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
    for (const path of ['/prompts', '/prompts/recordings', '/prompts/voices']) {
      expect((await agent.rest('GET', path)).status, path).to.equal(403)
    }
    expect(
      (await agent.rest('POST', '/prompts/preview', { text: 'x', lang: 'en' })).status,
    ).to.equal(403)
  })
})
