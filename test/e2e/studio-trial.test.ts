/** A draft tried in a real console: talked to, kept as a test, broken, met with a past conversation, called. */
import { expect } from 'chai'
import type { Browser, Locator } from 'playwright-core'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { pictureScreens } from './on-failure.ts'
import { launchPhoneBrowser, PhoneConsole } from './phone-console.ts'
import { hearsSound } from './tones-in-page.ts'

const EDITOR = 700

describe('trying a flow in the studio', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let browser: Browser
  let su: PhoneConsole
  let pane: Locator

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      product = await runProduct()
      browser = await launchPhoneBrowser()
      const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
      await admin.openAllHours()
      const visitor = await new SimulatedChat(product.url, 'en').connect()
      await visitor.ask('how do I use the metro', /ride code/)
      await visitor.ask('3', /Goodbye|bye|Thank/i)
      su = await PhoneConsole.enter(browser, product.url, 'en', {
        userName: 'su',
        password: product.password('su'),
        hz: EDITOR,
      })
      await su.go('flows/main')
      await su.page.getByRole('tab', { name: 'Try it' }).click()
      pane = su.page.getByRole('region', { name: 'Try it' })
    },
    async () => {
      await browser?.close()
      await product?.stop()
    },
  )
  afterEach(async function () {
    await pictureScreens(this, browser)
  })

  const tab = (name: string) => pane.getByRole('tab', { name, exact: true }).click()
  const log = () => pane.getByRole('log')
  const button = (name: string | RegExp) => pane.getByRole('button', { name })

  /** Somebody else changes the draft, and the editor is opened anew. */
  async function rewrite(change: (text: string) => string): Promise<void> {
    await su.page.getByText('Saved', { exact: true }).waitFor()
    const draft = await su.get<{ draftVersion: number; doc: object }>('/flows/main/draft')
    const before = JSON.stringify(draft.doc)
    const after = change(before)
    expect(after).to.not.equal(before)
    const response = await su.page.request.put(`${product.url}/api/v1/flows/main/draft`, {
      data: { draftVersion: draft.draftVersion, doc: JSON.parse(after) as object },
      headers: { origin: product.url },
    })
    expect(response.status()).to.equal(200)
    await su.page.reload()
    await su.page.getByRole('tab', { name: 'Try it' }).click()
  }

  test('is talked to by keyboard and by mouse, steps back, and shows where it stands', async () => {
    const write = pane.getByRole('textbox', { name: 'Write as the visitor' })
    await log().getByRole('button', { name: '1 Sights' }).waitFor()
    await write.press('h')
    await write.fill('how do I use the metro')
    await write.press('Enter')
    await log()
      .getByText(/ride code/)
      .waitFor()
    await pane.getByText('Stands at 还有问题吗').waitFor()
    await log().getByRole('button', { name: '3 That is all' }).click()
    await pane.getByText(/has ended/).waitFor()
    await button('Step back').click()
    await pane.getByText('Stands at 还有问题吗').waitFor()
    expect(await violations(su.page)).to.deep.equal([])
  })

  test('a run becomes a test of the flow, and passes with the others', async () => {
    await button('Save as a test').click()
    const dialog = su.page.getByRole('dialog', { name: 'Save as a test' })
    await dialog.getByRole('textbox', { name: 'Name of the test' }).fill('asks for the metro')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await tab('Tests')
    await pane.getByText(/^All \d+ tests pass$/).waitFor()
    await button(/^passes asks for the metro/).waitFor()
    expect(await violations(su.page)).to.deep.equal([])
  })

  test('a change that breaks it is told in words', async () => {
    await rewrite((text) =>
      text.replaceAll('Anything else? Just ask.', 'What else may I do for you?'),
    )
    await tab('Tests')
    await pane.getByText(/tests fail$/).waitFor()
    await button(/^fails asks for the metro/).waitFor()
    await pane
      .getByText(/Step \d+: expected to hear “Anything else\?/)
      .first()
      .waitFor()
    // and undone, all is well
    await rewrite((text) =>
      text.replaceAll('What else may I do for you?', 'Anything else? Just ask.'),
    )
    await tab('Tests')
    await pane.getByText(/^All \d+ tests pass$/).waitFor()
  })

  test('a conversation of before goes the same way, until the flow is changed', async () => {
    await tab('Replay')
    await pane.getByRole('list').getByRole('button').first().click()
    await pane.getByText('The draft goes the same way.').waitFor()
    await pane.getByText('Numbers, names and other personal data are masked.').waitFor()
    await rewrite((text) => text.replace('"answered":"more"', '"answered":"bye"'))
    await tab('Replay')
    await pane.getByRole('list').getByRole('button').first().click()
    await pane.getByText('It goes another way from step 2 on.').waitFor()
    await pane.getByText('parts here').waitFor()
    expect(await violations(su.page)).to.deep.equal([])
  })

  test('rings the browser with the draft as it is, which is heard and takes keys', async () => {
    await rewrite((text) =>
      text
        .replace('"answered":"bye"', '"answered":"more"')
        .replace('Hello, welcome to the', 'Draft! Welcome to the'),
    )
    await tab('Call me')
    await pane.getByRole('button', { name: 'Call me' }).click()
    await pane.getByText('On the call').waitFor()
    await hearsSound(su.page, 'the editor')
    await log()
      .getByText(/^Draft! Welcome/)
      .waitFor()
    await pane
      .getByRole('group', { name: 'Dial pad' })
      .getByRole('button', { name: '2', exact: true })
      .click()
    await log()
      .getByText(/For sights press 1/)
      .first()
      .waitFor()
    expect(await violations(su.page)).to.deep.equal([])
    await button('Hang up').click()
    await pane.getByText('The call has ended.').waitFor()
    // what was done on the telephone goes on in the trial
    await button('Open in Talk').click()
    await log().getByText('Keys 2').waitFor()
  })
})
