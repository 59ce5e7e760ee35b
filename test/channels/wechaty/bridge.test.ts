import { expect } from 'chai'
import type { WechatySettings } from '../../../channels/wechaty/account.ts'
import { wechatyKind } from '../../../channels/wechaty/account.ts'
import { WechatyChannel } from '../../../channels/wechaty/wechaty.ts'
import type { Part } from '../../../gateway/domain/message.ts'
import { WechatySimulator } from '../../simulators/wechaty.ts'
import { outgoing, SmallGateway } from '../small-gateway.ts'

/** wechaty loads for seconds, more on a machine that does much at once */
const PATIENCE_MS = 40_000
const text = (words: string): Part[] => [{ type: 'text', text: words }]

describe('personal WeChat through wechaty, its mock puppet behind its own service', function () {
  this.timeout(90_000)
  const wechat = new WechatySimulator()
  const gateway = new SmallGateway()
  let channel: WechatyChannel

  const account = (more: object = {}) => ({
    ...{ id: 'me', kind: 'wechaty', name: 'me', lang: 'zh-CN' },
    settings: wechatyKind.settings.parse({
      ...wechat.settings,
      ...{ rooms: '导游群', ...more },
    }),
  })
  const until = (holds: () => unknown, what: string) => gateway.until(holds, what, PATIENCE_MS)
  const send = (to: string, parts: Part[], id?: string) =>
    channel.send(outgoing(to, parts, { accountId: 'me', channel: 'wechaty', ...(id && { id }) }))
  const heard = (id: string) => gateway.inbox.find(({ dedupeKey }) => dedupeKey === id)

  before(async () => {
    await wechat.listen()
    channel = new WechatyChannel(gateway.context<WechatySettings>([account()]))
  })
  after(async () => {
    await channel.stop()
    await wechat.close()
  })

  it('shows the code to scan, and waits for a person', async () => {
    await channel.start()
    expect(gateway.health).to.equal('starting')
    // a code is told once; whoever is not connected yet hears the next one
    await until(() => {
      wechat.scan('https://login.weixin.qq.com/l/abc')
      return gateway.qrText !== ''
    }, 'the code')
    expect(gateway.qrText).to.equal('https://login.weixin.qq.com/l/abc')
    expect(gateway.health).to.equal('needsPerson')
    expect(await channel.check('me')).to.include({ ok: false, code: 'PROVIDER_CREDENTIALS' })
    expect(await send('li', text('早了'))).to.include({ retry: 'later', code: 'NOT_SIGNED_IN' })
  })

  it('is in order once it is scanned', async () => {
    wechat.login()
    await until(() => gateway.health === 'ok', 'the sign-in')
    expect(gateway.qrText).to.equal('')
    expect(await channel.check('me')).to.deep.equal({ ok: true })
  })

  it('hears a tourist once, however often the puppet tells it, and answers', async () => {
    const id = wechat.say('李雷', '几点开门')
    await until(() => heard(id), 'the question')
    wechat.repeat(id)
    await until(() => gateway.duplicates === 1, 'the repeat')
    expect(heard(id)).to.deep.include({
      ...{ accountId: 'me', channel: 'wechaty', threadKey: '李雷', displayName: '李雷' },
      identity: { kind: 'wechatyContact', scope: 'me', value: '李雷', assurance: 'observed' },
      parts: [{ type: 'text', text: '几点开门' }],
    })
    expect(await send('李雷', text('八点'))).to.deep.equal({ ok: true, state: 'sent' })
    expect(wechat.said.at(-1)).to.deep.equal({ to: '李雷', text: '八点' })
    // what we said came back as a message of ours
    expect(gateway.texts()).to.not.include('八点')
  })

  it('pictures go both ways', async () => {
    const id = wechat.sendImage('李雷', Buffer.from('a picture').toString('base64'))
    await until(() => heard(id), 'the picture')
    expect(heard(id)!.parts).to.have.nested.property('[0].kind', 'image')
    const fetched = await channel.fetchMedia('me', id)
    expect(fetched.content.toString()).to.equal('a picture')
    gateway.files.set('map', { content: Buffer.from('a map'), name: 'map.png' })
    const map: Part = {
      ...{
        type: 'media',
        kind: 'image',
        blobId: 'map',
        name: 'map.png',
        mime: 'image/png',
        bytes: 5,
      },
    }
    expect(await send('李雷', [...text('地图'), map])).to.include({ ok: true })
    const { file } = wechat.said.at(-1)!
    expect(Buffer.from(file!.base64, 'base64').toString()).to.equal('a map')
  })

  it('of rooms takes only what is said to it, and only in those that are allowed', async () => {
    wechat.sayToAll('李雷', '大家好', '导游群')
    wechat.say('李雷', '在别的群', '家人群')
    const id = wechat.say('李雷', '几点集合', '导游群')
    await until(() => heard(id), 'the one to us')
    expect(heard(id)!.threadKey).to.equal('导游群@chatroom|李雷')
    expect(gateway.texts()).to.not.include.members(['大家好'])
    expect(gateway.texts()).to.not.include.members(['在别的群'])
    expect(await send('导游群@chatroom|李雷', text('六点'))).to.include({ ok: true })
    expect(wechat.said.at(-1)!.to).to.equal('导游群@chatroom')
    expect(wechat.said.at(-1)!.text).to.match(/@李雷.*六点/)
  })

  it('who is not there cannot be written to', async () => {
    expect(await send('nobody', text('?'))).to.include({ ok: false })
  })

  it('an error of the puppet is shown and ends nothing', async () => {
    wechat.error('the service hiccuped')
    await until(() => gateway.faults.some(({ detail }) => /hiccuped/.test(detail ?? '')), 'it')
    expect(gateway.faults.at(-1)).to.include({ state: 'warning', code: 'PUPPET_ERROR' })
    expect(await send('李雷', text('还在'))).to.include({ ok: true })
  })

  it('a store that is away for a moment costs no message', async () => {
    let failures = 0
    gateway.beforeStoring = () => {
      if (failures++ < 1) throw new Error('down')
    }
    const id = wechat.say('李雷', '别丢了我')
    await until(() => heard(id), 'the message')
    gateway.beforeStoring = () => undefined
  })

  it('killed in the middle it comes back by itself, and nothing is doubled', async () => {
    const before = gateway.inbox.length
    const said = wechat.said.length
    const { pid } = channel.bridgeOf('me')!
    const known = wechat.say('李雷', '之前说的')
    await until(() => heard(known), 'the message before')
    process.kill(pid!, 'SIGKILL')
    await until(() => gateway.health === 'down', 'the end of it')
    expect(await send('李雷', text('等一下'))).to.include({ retry: 'later', code: 'NOT_SIGNED_IN' })
    await until(() => gateway.health === 'ok', 'the new one')
    expect(channel.bridgeOf('me')!.pid).to.not.equal(pid)
    wechat.repeat(known)
    const id = wechat.say('李雷', '又来了')
    await until(() => heard(id), 'the message after')
    expect(gateway.inbox.length).to.equal(before + 2)
    expect(await send('李雷', text('等一下'))).to.include({ ok: true })
    expect(wechat.said.slice(said)).to.deep.equal([{ to: '李雷', text: '等一下' }])
  })

  it('signed out elsewhere it calls a person', async () => {
    await wechat.logout()
    await until(() => gateway.health === 'needsPerson', 'a person')
    expect(gateway.faults.at(-1)).to.include({ code: 'SCAN_TO_SIGN_IN' })
  })
})

describe('personal WeChat where wechaty is not installed', function () {
  this.timeout(60_000)

  it('says so, and with which command it is', async () => {
    const gateway = new SmallGateway()
    const settings = wechatyKind.settings.parse({ riskAccepted: true })
    const account = { ...{ id: 'me', kind: 'wechaty', name: 'me', lang: 'zh-CN' }, settings }
    const hook = new URL('without-wechaty.mjs', import.meta.url).href
    const channel = new WechatyChannel(gateway.context<WechatySettings>([account]), {
      execArgv: ['--import', hook],
    })
    await channel.start()
    await gateway.until(() => gateway.health === 'needsPerson', 'a person', PATIENCE_MS)
    expect(gateway.faults.at(-1)).to.deep.equal({
      ...{ state: 'needsPerson', code: 'CHANNEL_DEPENDENCY_MISSING' },
      detail: 'npm install wechaty@1',
    })
    expect(await channel.check('me')).to.include({ code: 'CHANNEL_DEPENDENCY_MISSING' })
    await channel.stop()
  })

  it('nobody gets it who has not agreed to the risk', () => {
    expect(wechatyKind.settings.safeParse({}).success).to.equal(false)
    expect(wechatyKind.notice!.zh).to.match(/封/)
    expect(wechatyKind.notice!.en).to.match(/banned/)
  })
})
