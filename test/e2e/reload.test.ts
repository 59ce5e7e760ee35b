import { expect } from 'chai'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { FlakyWire } from './flaky-wire.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { keepScreens } from './on-failure.ts'
import { VisitorPage } from './visitor-page.ts'

describe('pages are reloaded, opened twice and left', function () {
  this.timeout(60_000)
  let hotline: Hotline
  let office: FlakyWire
  let visitor: VisitorPage
  let agent: ConsolePage

  before(async function () {
    needsBrowser(this)
    hotline = await runHotline()
  })
  beforeEach(async () => {
    const { product, browser } = hotline
    office = await FlakyWire.to(product.url)
    agent = await ConsolePage.open(browser, office.url, 'zh-CN')
    await agent.signIn('lin', product.password('lin'))
    await agent.online()
    await agent.ready()
    visitor = await VisitorPage.open(browser, product.url, 'zh-CN')
    await visitor.say('转人工')
    await agent.acceptOffer.click()
    await agent.sees('转人工')
    await visitor.status(/林小雨/)
  })
  afterEach(async function () {
    await keepScreens(this, hotline.browser)
    await office.close()
  })
  after(() => hotline?.stop())

  it('the agent reloads without a line: the draft and the unsent message are still there', async () => {
    await agent.say('第一句,已送到')
    await visitor.sees('第一句,已送到')
    office.cut()
    await agent.offline()
    await agent.say('断线时写的')
    await agent.sees('断线时写的')
    await agent.type('只写了一半的')
    const page = agent.page.url()
    await agent.page.reload().catch(() => 'no line, no page')
    await agent.page.waitForURL('chrome-error://chromewebdata/')
    office.mend()
    await agent.page.goto(page)
    await agent.sees('断线时写的')
    expect(await agent.composer.inputValue()).to.equal('只写了一半的')
    await visitor.sees('断线时写的')
    await agent.send()
    await visitor.sees('只写了一半的')
    for (const shown of [await visitor.shown(), await agent.shown()])
      for (const words of ['第一句,已送到', '断线时写的', '只写了一半的'])
        expect(
          shown.filter((line) => line.includes(words)),
          words,
        ).to.have.length(1)
    await end()
  })

  it('two tabs of one agent show the same, whichever of them speaks', async () => {
    const second = agent.inAnotherTab(await agent.page.context().newPage())
    await second.page.goto(agent.page.url())
    await second.sees('转人工')
    await agent.say('左边的标签页')
    await second.sees('左边的标签页')
    await second.say('右边的标签页')
    await agent.sees('右边的标签页')
    await visitor.say('收到两句')
    await Promise.all([agent.sees('收到两句'), second.sees('收到两句')])
    expect(await second.shown()).to.deep.equal(await agent.shown())
    const [, , ...spoken] = (await visitor.shown()).slice(-3)
    expect(spoken).to.have.length(1)
    await end()
  })

  it('the visitor reloads in the middle and sees the thread once, then goes on', async () => {
    await agent.say('请问您怎么称呼?')
    await visitor.sees('怎么称呼')
    const before = await visitor.shown()
    await visitor.page.reload()
    await visitor.openChat()
    await visitor.sees('怎么称呼')
    expect((await visitor.shown()).map(words)).to.deep.equal(before.map(words))
    await visitor.say('姓王')
    await agent.sees('姓王')
    await agent.say('王女士您好')
    await visitor.sees('王女士您好')
    expect(await visitor.lines.count()).to.equal(before.length + 2)
    await end()
  })

  it('signing out closes every tab, and nothing can be read any more', async () => {
    const second = agent.inAnotherTab(await agent.page.context().newPage())
    await second.page.goto(agent.page.url())
    await second.sees('转人工')
    const id = agent.conversationId
    await end()
    await agent.signOut('林小雨')
    await second.signInShown()
    await second.get(`/conversations/${id}/messages`).then(
      () => expect.fail('the thread can still be read'),
      (error: Error) => expect(error.message).to.include('401'),
    )
  })

  /** The agent is free for the next test. */
  async function end(): Promise<void> {
    await agent.finish()
    await agent.wrapUp('已解答')
    await agent.noneInHand()
  }
})

/** Without its time and ticks, which may have gone on. */
function words(line: string): string {
  return line.replace(/\d\d:\d\d.*$/, '')
}
