/** "One moment, I am looking it up": heard while the data source is asked, on a call and in writing. */
import { expect } from 'chai'
import type { ServerResponse } from 'node:http'
import { textHash } from '../../../bots/flow/versions.ts'
import { simulateChat } from '../../harness/chat.ts'
import { Service } from '../../sources/house.ts'
import { VoiceScene } from './scene.ts'
import { upload } from './upload.ts'
import { wavOfTone } from './wav-of-tone.ts'
import { publishFlow } from '../../harness/publish-flow.ts'

const MOMENT = 500
const FOUND = 900

describe('said while a data source is asked', function () {
  this.timeout(60_000)
  let service: Service
  let scene: VoiceScene
  /** the questions that have come and are not answered */
  const asked: ServerResponse[] = []
  let whenAsked: (() => void) | undefined

  before(async () => {
    service = await new Service((_request, response) => {
      asked.push(response)
      whenAsked?.()
    }).listen()
    scene = await VoiceScene.open({ YILU_SOURCE_ALLOW: '127.0.0.0/8' })
    await done('POST', '/sources', {
      ...{ id: 'slow', name: { zh: '慢', en: 'Slow' }, kind: 'http', parameters: [] },
      settings: {
        ...{ method: 'GET', url: `${service.base}/`, query: [], headers: [], retries: 0 },
        ...{ auth: { kind: 'none' }, maxBytes: 1024 },
      },
      ...{ cacheSeconds: 0, staleSeconds: 0, timeoutMs: 30_000 },
    })
    const found = { type: 'say', prompt: await tone('查到了', FOUND), out: { next: 'end' } }
    await publishFlow(scene.admin, {
      ...{ schema: 1, id: 'main', name: 'main', kind: 'main', entry: 'ask' },
      ...{ langs: ['zh-CN'], defaultLang: 'zh-CN', vars: [{ name: 'it', type: 'object' }] },
      blocks: {
        ask: {
          ...{ type: 'query', source: 'slow', set: 'it', timeoutMs: 30_000 },
          wait: await tone('请稍等', MOMENT),
          out: { next: 'found', empty: 'found', error: 'end' },
        },
        found,
        end: { type: 'end', reason: 'done' },
      },
    })
  })
  after(async () => {
    await scene?.stop()
    service?.close()
  })

  async function done(method: string, path: string, body: object): Promise<void> {
    const response = await scene.admin.rest(method, path, body)
    expect(response.ok, `${path} ${await response.clone().text()}`).to.equal(true)
  }
  async function tone(text: string, hz: number): Promise<object> {
    const mediaId = await upload(scene.admin, wavOfTone(hz, 1500))
    return { 'zh-CN': { text, audio: { mediaId, ofText: textHash(text) } } }
  }
  async function question(): Promise<ServerResponse> {
    if (!asked.length) await new Promise<void>((resolve) => (whenAsked = resolve))
    return asked.shift()!
  }

  it('a caller hears it before the answer is there, and the answer when it is', async () => {
    const caller = await scene.tourist.call(scene.product.sipPort, '12301', scene.nextNumber())
    const [response] = await Promise.all([question(), caller.hearsTone(MOMENT, 0.9)])
    response.end('{"price":54}')
    await caller.hearsTone(FOUND, 0.9)
    await caller.ended
  })

  it('a caller who hangs up meanwhile is gone, and the next one is served', async () => {
    const caller = await scene.tourist.call(scene.product.sipPort, '12301', scene.nextNumber())
    const [response] = await Promise.all([question(), caller.hearsTone(MOMENT, 0.9)])
    caller.hangUp()
    await caller.ended
    response.end('{"price":54}')
    const next = await scene.tourist.call(scene.product.sipPort, '12301', scene.nextNumber())
    const [again] = await Promise.all([question(), next.hearsTone(MOMENT, 0.9)])
    again.end('{"price":54}')
    await next.hearsTone(FOUND, 0.9)
    await next.ended
  })

  it('a visitor reads it before the answer is there', async () => {
    const visitor = await simulateChat(scene.product.url)
    await visitor.ask('你好', /请稍等/)
    const response = await question()
    const answer = visitor.hears(/查到了/)
    response.end('{"price":54}')
    await answer
    visitor.cut()
  })

  it('killed while it asks, it asks again at the next start, and the visitor has each word once', async () => {
    const visitor = await simulateChat(scene.product.url)
    await visitor.ask('你好', /请稍等/)
    await question()
    await scene.product.kill()
    await scene.product.start()
    await visitor.connect({ resume: true })
    const again = await question()
    const answer = visitor.hears(/查到了/)
    again.end('{"price":54}')
    await answer
    expect(visitor.said.filter((text) => /请稍等|查到了/.test(text))).to.deep.equal([
      '请稍等',
      '查到了',
    ])
    visitor.cut()
  })
})
