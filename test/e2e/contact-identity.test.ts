import { expect } from 'chai'
import { ownScene } from '../harness/story.ts'
import type { Page } from 'playwright-core'
import type { ContactView, TimelineView } from '../../gateway/contacts/schema.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import { SmppSimulator } from '../simulators/smpp.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { keepScreens } from './on-failure.ts'
import { until } from './until.ts'

const PHONE = '13800138000'

const texts = {
  'zh-CN': {
    prove: '用验证码证实',
    number: '手机号码',
    send: '发送验证码',
    code: '客户念出的验证码',
    verify: /^证\s?实$/,
    maybe: '可能是同一位客户',
    same: '是同一人,合并',
    merge: /^合\s?并$/,
    undo: '撤销合并',
    everything: '全部往来',
    byChannel: '按渠道',
    sms: '短信',
  },
  en: {
    prove: 'Prove by code',
    number: 'Mobile number',
    send: 'Send the code',
    code: 'Code as they read it out',
    verify: 'Prove',
    maybe: 'Possibly the same person',
    same: 'Same person, merge',
    merge: /^Merge$/,
    undo: 'Undo the merge',
    everything: 'Everything so far',
    byChannel: 'By channel',
    sms: 'SMS',
  },
} as const

describe('a contact who came by text message and proves it in the web chat', function () {
  this.timeout(90_000)
  let hotline: Hotline
  let centre: SmppSimulator
  let lin: SimulatedAgent

  before(function () {
    needsBrowser(this)
  })
  const test = ownScene(
    async () => {
      centre = new SmppSimulator()
      const { port } = await centre.listen()
      hotline = await runHotline()
      const { systemId, password } = centre.options
      const settings = { host: '127.0.0.1', port, systemId, password, source: '12301' }
      const account = { id: 'sms', kind: 'smpp', name: '短信', flowId: 'main', lang: 'zh-CN' }
      const made = await hotline.admin.rest('POST', '/accounts', {
        ...account,
        enabled: true,
        settings,
      })
      expect(made.status, await made.clone().text()).to.be.below(300)
      lin = new SimulatedAgent(hotline.product.url)
      await lin.signIn('lin', hotline.product.password('lin'))
      await lin.connect()
      await lin.ready()
    },
    async () => {
      await hotline?.stop()
      await centre?.close()
    },
  )
  afterEach(function () {
    return keepScreens(this, hotline?.browser)
  })

  for (const [lang, number] of [
    ['zh-CN', PHONE],
    ['en', '13800138001'],
  ] as const)
    test(`the agent sees one timeline, parts it and joins it again: ${lang}`, async () => {
      const words = texts[lang]
      await until(() => centre.binds.length > 0, 'the account to be bound')
      await centre.say(`86${number}`, '12301', '城墙几点关门')
      const visitor = await new SimulatedChat(hotline.product.url, lang).connect()
      await visitor.say(lang === 'en' ? 'agent' : '转人工')
      const { card } = await lin.accept()

      const console = await ConsolePage.open(hotline.browser, hotline.product.url, lang)
      const { page } = console
      await console.signIn('lin', hotline.product.password('lin'))
      await console.go(`desk/${card.id}`)
      const side = page.locator('.side')
      await side.getByRole('button', { name: words.prove }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words.number).fill(number)
      const arrived = codeSentTo(`86${number}`)
      await dialog.getByRole('button', { name: words.send }).click()
      await dialog.getByLabel(words.code).fill(await arrived)
      await settled(page, 'the dialog')
      await dialog.getByRole('button', { name: words.verify }).click()
      await dialog.waitFor({ state: 'hidden' })

      // by the number alone nobody is merged: it is suggested
      const bar = page.getByRole('region', { name: words.maybe })
      await bar.waitFor()
      await settled(page, 'the desk with a suggestion')
      await picture(page, `identity-desk-${lang}`)
      const contactId = card.contact.id
      expect(await channelsOf(contactId)).to.deep.equal(['webchat'])
      await bar.getByRole('button', { name: words.same }).click()
      await page.getByRole('dialog').getByRole('button', { name: words.merge }).click()
      await bar.waitFor({ state: 'hidden' })
      const kept = (await hotline.admin.get<ContactView>(`/contacts/${contactId}`)).id
      expect(await channelsOf(kept)).to.deep.equal(['sms', 'webchat'])

      await console.go(`contacts/${kept}`)
      const rows = page.locator('.timeline-conversation')
      await page.getByText(words.everything).waitFor()
      await rows.nth(1).waitFor()
      await settled(page, 'the page of the contact')
      await picture(page, `identity-contact-${lang}`)
      // one channel alone, chosen with the keyboard
      await page.getByRole('combobox', { name: words.byChannel }).focus()
      await page.keyboard.type(words.sms)
      await page.keyboard.press('ArrowDown')
      await page.getByTitle(words.sms, { exact: true }).last().click()
      await rows.nth(1).waitFor({ state: 'detached' })

      await page.reload()
      await page.getByRole('button', { name: words.undo }).click()
      await page.getByRole('dialog').getByRole('button', { name: words.undo }).click()
      const again = page.getByRole('region', { name: words.maybe })
      await again.waitFor()
      expect(await channelsOf(kept)).to.have.length(1)
      await again.getByRole('button', { name: words.same }).click()
      await page.getByRole('dialog').getByRole('button', { name: words.merge }).click()
      await again.waitFor({ state: 'hidden' })
      expect(await channelsOf(kept)).to.deep.equal(['sms', 'webchat'])
      await page.context().close()
      visitor.cut()
    })

  async function channelsOf(contactId: string): Promise<string[]> {
    const { items } = await hotline.admin.get<TimelineView>(
      `/contacts/${contactId}/timeline?type=conversation`,
    )
    return items.flatMap((item) => (item.type === 'conversation' ? item.channels : [])).sort()
  }

  /** The code as the telephone shows it. */
  function codeSentTo(number: string): Promise<string> {
    return new Promise((resolve) => {
      centre.on('shown', ({ to, text }) => {
        const code = /\d{6}/.exec(text)?.[0]
        if (to.endsWith(number) && code) resolve(code)
      })
    })
  }
})

/** Nothing moves any more, and nothing is wrong with it. */
async function settled(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  expect(await violations(page), what).to.deep.equal([])
}

/** For people who want to look: YILU_TEST_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.YILU_TEST_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
