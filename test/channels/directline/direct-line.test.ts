import { expect } from 'chai'
import { ChannelScene } from '../scene.ts'
import { DirectLineClient } from './direct-line-client.ts'

const SECRET = 'a-secret-that-nobody-would-guess'
const SITE = 'https://www.example.gov.cn'

describe('a Bot Framework client on Direct Line', function () {
  this.timeout(60_000)
  let scene: ChannelScene
  let domain: string

  before(async () => {
    scene = await ChannelScene.open()
    await scene.addAccount({
      id: 'dl',
      kind: 'directline',
      settings: { secret: SECRET, allowedOrigins: [SITE] },
    })
    expect(await scene.check('dl')).to.include({ ok: true })
    domain = scene.callback('directline', 'dl', '/v3/directline')
  })
  after(() => scene.close())

  const client = async (user?: { id: string }) => {
    const made = await new DirectLineClient(domain).fetchToken(SECRET, user)
    await made.start()
    return made.connect()
  }

  it('is greeted with suggested actions, asks, is handed over and back, and told of the end', async () => {
    const visitor = await client({ id: 'dl_wang' })
    await visitor.hears(/欢迎|热线/)
    await visitor.say('城墙几点关门')
    await visitor.hears(/城墙/)
    const before = visitor.activities.length
    const toHuman = visitor.activities
      .flatMap(({ suggestedActions }) => suggestedActions?.actions ?? [])
      .findLast(({ title }) => title.includes('人工'))!
    await visitor.post({ type: 'message', text: toHuman.text, value: toHuman.value })
    const { card } = await scene.lin.accept()
    expect(card.channel).to.equal('directline')
    await scene.lin.do({ do: 'typing', conversationId: card.id, on: true })
    await visitor.sees(({ type }) => type === 'typing', 'typing')
    await scene.lin.say(card.id, '您好,我是林小雨。')
    const said = await visitor.hears(/我是林小雨/, before)
    expect(said.from.name).to.match(/林/)
    await visitor.say('谢谢您')
    await scene.lin.hears(/谢谢您/)
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await visitor.hears(/请评价/, before)
    await visitor.say('5')
    await visitor.hears(/还有什么想/, before)
    await visitor.say('没有')
    await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'information' })
    await visitor.sees(({ type }) => type === 'endOfConversation', 'the end')
    await scene.lin.ready()
    expect(scene.errors).to.deep.equal([])
    visitor.cut()
  })
})
