/** From a conversation in writing to a call in it, and back: a tourist on Weibo opens the link they were sent. */
import { expect } from 'chai'
import { CallLinks } from '../../../channels/webchat/call-links.ts'
import { CallTokens } from '../../../channels/webchat/call-token.ts'
import type { CallPageAbout } from '../../../channels/webchat/call-page-protocol.ts'
import { VisitorTokens } from '../../../channels/webchat/visitor-token.ts'
import type { YiluError } from '../../../gateway/errors.ts'
import { signingSecret } from '../../../gateway/seed.ts'
import { LinkedCaller } from '../../harness/call-page.ts'
import { BrowserLine } from '../../harness/browser-line.ts'
import { callCardOf } from '../../harness/desk-calls.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import type { WeiboReceived } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST_HZ = 400
const AGENT_HZ = 700
const PUBLIC_URL = 'https://hotline.example.gov.cn'

describe('a call link', function () {
  this.timeout(60_000)
  const weibo = new WeiboSimulator()
  let scene: ChannelScene
  let tourist = 7012345678901234000n
  const pages: LinkedCaller[] = []

  before(async () => {
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: PUBLIC_URL })
    const url = await weibo.listen()
    await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
    weibo.callback = scene.callback('weibo', 'weibo')
  })
  after(async () => {
    await weibo.close()
    await scene.close()
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) page.close()
    const { lin } = scene
    const mine = lin.card(({ agentId }) => agentId === lin.welcome.me.id)
    if (mine) await lin.do({ do: 'finish', conversationId: mine.id })
    const written = lin.card(({ wrapUp }) => wrapUp !== undefined)
    if (written) await lin.do({ do: 'wrapUpDone', conversationId: written.id })
  })

  const texts = (to: string) =>
    weibo.received.flatMap((each: WeiboReceived) =>
      each.kind === 'message' && each.type === 'text' && each.to === to
        ? [String(each.data.text)]
        : [],
    )
  const linkIn = (text: string | undefined) =>
    /https:\S+\/webchat\/call\?t=\S+/.exec(text ?? '')?.[0]

  /** Somebody new whom lin serves. */
  async function served(): Promise<{ id: string; uid: string }> {
    const uid = String(++tourist)
    await weibo.say(uid, '转人工')
    const { card } = await scene.lin.accept()
    return { id: card.id, uid }
  }

  async function invited(id: string, uid: string): Promise<string> {
    const before = texts(uid).length
    await scene.lin.do({ do: 'inviteToCall', conversationId: id })
    return scene.until(() => linkIn(texts(uid).slice(before).join('\n')), 'the link')
  }

  function page(link: string): LinkedCaller {
    const caller = new LinkedCaller(scene.url, link)
    pages.push(caller)
    return caller
  }

  async function agentLine(id: string): Promise<BrowserLine> {
    await scene.lin.until(
      () =>
        callCardOf(scene.lin, (card) => card.conversationId === id && card.phase === 'talking') !==
        undefined,
      'the call',
    )
    const line = await BrowserLine.open(scene.lin, id)
    line.hum(AGENT_HZ)
    return line
  }

  it('leads into the same conversation, to the same agent, and writing goes on afterwards', async () => {
    const { id, uid } = await served()
    const link = await invited(id, uid)
    expect(link.startsWith(`${PUBLIC_URL}/webchat/call?t=`)).to.equal(true)
    expect(link.length, 'short enough to be sent').to.be.below(220)
    const caller = page(link)
    const shown = await caller.page()
    expect(shown.status).to.equal(200)
    expect(shown.headers.get('content-security-policy')).to.include("frame-ancestors 'none'")
    expect(shown.headers.get('cache-control')).to.equal('no-store')
    expect((await caller.about()) as CallPageAbout).to.include({
      agentName: '林小雨',
      lang: 'zh-CN',
    })

    expect((await caller.hello()).t).to.equal('ready')
    const theirs = await caller.call()
    theirs.hum(TOURIST_HZ)
    const ours = await agentLine(id)
    await Promise.all([theirs.hearsTone(AGENT_HZ, 0.9), ours.hearsTone(TOURIST_HZ, 0.9)])
    await weibo.say(uid, '边说边写')
    await scene.lin.hears(/边说边写/)
    caller.hangUp()
    ours.close()
    await scene.lin.until(
      () => callCardOf(scene.lin, (card) => card.conversationId === id)?.phase === 'ended',
      'the end of the call',
    )
    await weibo.say(uid, '谢谢,还有一个问题')
    await scene.lin.hears(/还有一个问题/)
    await scene.lin.say(id, '请讲')
    await scene.until(() => texts(uid).includes('请讲'), 'the answer')

    const conversation = (await scene.conversation(uid))!
    expect(conversation._id).to.equal(id)
    expect(conversation.state).to.equal('agent')
    expect(conversation.legs.map(({ channel, state }) => [channel, state])).to.deep.equal([
      ['weibo', 'open'],
      ['voice', 'ended'],
    ])
    const events = (await scene.messages(uid)).flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'event' ? [part.name] : [])),
    )
    expect(events).to.include.members(['callStarted', 'callAnswered', 'recording', 'callEnded'])
    expect(scene.errors).to.deep.equal([])
  })

  it('opened a second time takes the place of the first page, in the same call', async () => {
    const { id, uid } = await served()
    const link = await invited(id, uid)
    const first = page(link)
    await first.hello()
    const before = await first.call()
    before.hum(300)
    const ours = await agentLine(id)
    await ours.hearsTone(300, 0.9)
    const second = page(link)
    await second.hello()
    const theirs = await second.call()
    theirs.hum(TOURIST_HZ)
    const told = await first.frame(({ t }) => t === 'callEnded')
    expect(told).to.deep.include({ reason: 'refused' })
    expect((told as { error?: { code: string } }).error?.code).to.equal('CALL_ELSEWHERE')
    await Promise.all([theirs.hearsTone(AGENT_HZ, 0.9), ours.hearsTone(TOURIST_HZ, 0.9)])
    // the end of the page that was left behind ends nothing
    first.close()
    await scene.lin.do({ do: 'hangUp', conversationId: id })
    expect(await second.frame(({ t }) => t === 'callEnded')).to.include({ reason: 'hungUp' })
    ours.close()
    const { legs } = (await scene.conversation(uid))!
    expect(legs.filter(({ channel }) => channel === 'voice')).to.have.length(1)
  })

  it('expired, forged, of another kind, or of a closed conversation opens nothing', async () => {
    const { id, uid } = await served()
    const link = await invited(id, uid)
    const good = new URL(link).searchParams.get('t')!
    const other = await served()
    const another = new URL(await invited(other.id, other.uid)).searchParams.get('t')!
    const secret = await signingSecret()
    const tokens = new CallTokens(secret)
    const late = await tokens.sign({ conversationId: id, leg: 0 }, Date.now() - 31 * 60_000)
    const visitor = await new VisitorTokens(secret).sign(
      { visitorId: uid, accountId: 'weibo' },
      Date.now(),
    )
    const stranger = await new CallTokens('somebody else').sign(
      { conversationId: id, leg: 0 },
      Date.now(),
    )
    const [head, , signature] = good.split('.')
    const swapped = [head, another.split('.')[1], signature].join('.')
    const noLeg = await tokens.sign({ conversationId: id, leg: 7 }, Date.now())
    for (const [token, status, code] of [
      [late, 410, 'CALL_LINK_OVER'],
      [noLeg, 410, 'CALL_LINK_OVER'],
      [stranger, 404, 'CALL_LINK_BAD'],
      [swapped, 404, 'CALL_LINK_BAD'],
      [visitor.token, 404, 'CALL_LINK_BAD'],
      ['', 404, 'CALL_LINK_BAD'],
    ] as const) {
      const caller = page(`${PUBLIC_URL}/webchat/call?t=${token}`)
      expect((await caller.page()).status, code).to.equal(status)
      const refused = await caller.hello()
      // an empty token is no frame at all
      const told = (refused as { error: { code: string } }).error.code
      expect(told).to.equal(token ? code : 'BAD_REQUEST')
      expect((await caller.callMe('13800138000')).status).to.equal(token ? status : 400)
    }
    // good until the conversation is closed; then not, on a page that was open all the time either
    const open = page(link)
    expect((await open.hello()).t).to.equal('ready')
    await scene.lin.do({ do: 'finish', conversationId: id })
    await scene.lin.do({ do: 'wrapUpDone', conversationId: id })
    await weibo.say(uid, '5')
    await weibo.say(uid, '没有了')
    await scene.until(async () => (await scene.conversation(uid))?.state === 'closed', 'the end')
    expect((await page(link).page()).status).to.equal(410)
    const refusal = await open.call().then(
      () => 'called',
      (error: Error) => error.message,
    )
    expect(refusal).to.equal('CALL_LINK_OVER')
  })

  it('a number left on the page is said in the conversation and stands on the agent’s screen', async () => {
    const { id, uid } = await served()
    const caller = page(await invited(id, uid))
    expect((await caller.callMe('110')).status).to.equal(400)
    const answer = await caller.callMe('138 0013 8000')
    expect(await answer.json()).to.deep.equal({ number: '+8613800138000' })
    await scene.lin.hears(/请给我回电:\+8613800138000/)
    await scene.lin.until(
      () => scene.lin.card((card) => card.id === id)?.callback?.number === '+8613800138000',
      'the number on the card',
    )
  })

  it('can be sent while the window is open; where it cannot the agent is told why', async () => {
    const { id, uid } = await served()
    expect((await scene.lin.open(id)).reach?.noInvite).to.equal(undefined)
    const { legs, ...rest } = (await scene.conversation(uid))!
    const links = (isPublic: boolean, publicUrl?: string) =>
      new CallLinks({
        tokens: new CallTokens('a secret of the test'),
        conversations: { get: async () => undefined },
        publicUrl,
        isPublic: () => isPublic,
        now: Date.now,
      })
    const asked = (from: CallLinks) =>
      from.invitation({ legs, ...rest }, legs[0]!, 'Lin').then(
        () => 'sent',
        (error: YiluError) => error.code,
      )
    expect(await asked(links(false))).to.equal('PUBLIC_URL_NEEDED')
    expect(await asked(links(true, PUBLIC_URL))).to.equal('PUBLIC_THREAD')
    expect(await asked(links(false, PUBLIC_URL))).to.equal('sent')
  })
})
