/** Visitors who talk in the browser: out of a chat, or from the first moment. */
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { SimulatedAgent } from '../harness/agent.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { needsBrowser } from './browser.ts'
import { pictureScreens } from './on-failure.ts'
import { launchPhoneBrowser, PhoneConsole } from './phone-console.ts'
import { PhoneVisitor } from './phone-visitor.ts'
import { until } from './until.ts'

const VISITOR = 400
const AGENT = 700

describe('calls in the browser, from the widget', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let browser: Browser
  let admin: SimulatedAgent
  let lin: PhoneConsole
  const visitors: PhoneVisitor[] = []

  before(async function () {
    needsBrowser(this)
    product = await runProduct()
    browser = await launchPhoneBrowser()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    lin = await PhoneConsole.enter(browser, product.url, 'en', {
      userName: 'lin',
      password: product.password('lin'),
      hz: AGENT,
    })
    await lin.ready()
  })
  after(async () => {
    await browser?.close()
    await product?.stop()
  })
  afterEach(async function () {
    await pictureScreens(this, browser)
    for (const visitor of visitors.splice(0)) await visitor.page.context().close()
  })

  async function comes(): Promise<PhoneVisitor> {
    const visitor = await PhoneVisitor.come(browser, product.url, VISITOR)
    visitors.push(visitor)
    return visitor
  }

  async function talk(visitor: PhoneVisitor): Promise<void> {
    await lin.hears(VISITOR)
    await visitor.hears(AGENT)
  }

  /** Everything this visitor ever opened. */
  async function conversationsOf(conversationId: string): Promise<string[]> {
    const { contact } = await admin.get<{ contact: { id: string } }>(
      `/conversations/${conversationId}`,
    )
    const { items } = await admin.get<{ items: { id: string }[] }>(
      `/conversations?contactId=${contact.id}`,
    )
    return items.map(({ id }) => id)
  }

  async function finish(): Promise<void> {
    await lin.finish()
    await lin.wrapUp('Answered')
    await lin.noneInHand()
  }

  it('a chat becomes a call and a chat again, and stays one conversation', async () => {
    const visitor = await comes()
    await visitor.say('agent')
    await lin.acceptOffer.click()
    const conversationId = await lin.lookAtMine()
    await lin.press('Voice')
    await lin.page.getByRole('menuitem', { name: 'Invite to a voice call' }).click()
    await visitor.tap('Start the call')
    await talk(visitor)

    await lin.press('Hold')
    await lin.hearsNo(VISITOR)
    await visitor.hearsNo(AGENT)
    await visitor.hearsSound()
    await lin.press('Retrieve')
    await talk(visitor)

    await visitor.say('written while we talk')
    await lin.sees('written while we talk')

    // a reload of the visitor's page ends the call, and the chat is as it was
    await visitor.page.reload()
    await lin.page.getByText('The other end hung up').waitFor()
    await visitor.openChat()
    await visitor.sees('written while we talk')

    // and another call comes to the same agent, without a queue
    await visitor.press('Start a voice call')
    await talk(visitor)
    await lin.press('Hang up')
    await visitor.status('The call has ended')
    await lin.page.getByText('Hung up on our side').waitFor()
    await visitor.say('one more thing')
    await lin.sees('one more thing')
    await lin.say('here you are')
    await visitor.sees('here you are')
    expect(lin.conversationId).to.equal(conversationId)
    expect(await conversationsOf(conversationId)).to.deep.equal([conversationId])
    await finish()
  })

  it('who calls without a word hears the flow, presses a key, is served; what they write belongs to it', async () => {
    const visitor = await comes()
    await visitor.press('Start a voice call')
    await visitor.hearsSound()
    await visitor.dial('0')
    await lin.page.getByRole('button', { name: 'Answer', exact: true }).first().click()
    await talk(visitor)
    const { conversationId } = lin
    await visitor.say('my booking is 4711')
    await lin.sees('my booking is 4711')
    await lin.say('found it')
    await visitor.sees('found it')

    await visitor.press('Hang up')
    await lin.page.getByText('The other end hung up').waitFor()
    await visitor.say('thank you')
    await lin.sees('thank you')
    expect(await conversationsOf(conversationId)).to.deep.equal([conversationId])
    await finish()
  })

  it('who hangs up while waiting and wrote nothing waits no longer', async () => {
    await lin.busy()
    const visitor = await comes()
    await visitor.press('Start a voice call')
    await visitor.hearsSound()
    await visitor.dial('0')
    await visitor.status(/You are next/)
    const { items } = await admin.get<{ items: { id: string }[] }>('/conversations?limit=1')
    const { id } = items[0]!
    await visitor.press('Hang up')
    await until(async () => {
      const { state } = await admin.get<{ state: string }>(`/conversations/${id}`)
      return state === 'closed'
    }, 'the conversation to be closed')
  })
})
