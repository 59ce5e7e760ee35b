import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { WireMessage } from '../../gateway/desk/protocol.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { FlakyWire } from './flaky-wire.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { keepScreens } from './on-failure.ts'
import { writePicture } from './picture-file.ts'
import { VisitorPage } from './visitor-page.ts'
import { wholeWays } from './whole-way-words.ts'

describe('the whole way on real screens, the line cut in the middle of each step', function () {
  this.timeout(120_000)
  let hotline: Hotline
  let folder: string

  before(async function () {
    needsBrowser(this)
    folder = mkdtempSync(path.join(tmpdir(), 'yilu-e2e-'))
  })
  beforeEach(async () => {
    hotline = await runHotline()
  })
  afterEach(async function () {
    await keepScreens(this, hotline?.browser)
    await hotline?.stop()
  })
  after(async () => {
    if (folder) await rm(folder, { recursive: true })
  })

  for (const way of wholeWays)
    it(`a tourist asks, complains, is served and rates, and nothing is lost or doubled: ${way.lang}`, async () => {
      const { product, browser } = hotline
      const street = await FlakyWire.to(product.url)
      const office = await FlakyWire.to(product.url)
      const visitor = await VisitorPage.open(browser, street.url, way.lang)
      const agent = await ConsolePage.open(browser, office.url, way.lang)

      // the bot: an answer, a quick reply, a complaint, its progress
      const asks = async (say: () => Promise<void>, heard: RegExp | string) => {
        await street.losingAnswers(say)
        await visitor.online()
        return visitor.sees(heard)
      }
      await asks(() => visitor.say(way.question), way.answer)
      await asks(() => visitor.tap(way.menu), way.menuHeard)
      await asks(() => visitor.say(way.complain), way.typeAsked)
      await asks(() => visitor.tap(way.complainType), way.complaint[0]!.asked)
      for (const [at, { said }] of way.complaint.entries())
        await asks(() => visitor.say(said), way.complaint[at + 1]?.asked ?? way.rightAsked)
      const registered = await asks(() => visitor.tap(way.right), way.registered)
      const serial = /C\d{8}-\d{4,}/.exec(registered)![0]
      await street.losingWords(() => visitor.say(way.progress))
      await visitor.online()
      await visitor.sees(way.progressAsked)
      await asks(() => visitor.say(serial), way.progressHeard)

      // the queue
      await asks(() => visitor.say(way.person), way.connecting)
      await visitor.status(way.waiting)

      // the agent comes to work
      await agent.signIn(way.agent, product.password(way.agent))
      await agent.go('desk')
      await agent.online()
      await agent.ready()
      await agent.acceptOffer.waitFor()
      await office.losingAnswers(() => agent.acceptOffer.click())
      await agent.backOnline()
      const conversationId = await agent.lookAtMine()
      for (const said of [way.question, serial, ...way.complaint.map((each) => each.said)])
        await agent.sees(said)
      await visitor.status(way.served)

      // both talk, with files
      await agent.type(way.hello)
      await visitor.status(way.typing)
      await office.losingAnswers(() => agent.send())
      await visitor.sees(way.hello)
      await agent.backOnline()
      await visitor.type(way.thanks)
      await agent.page.getByText(way.typing).first().waitFor()
      await street.losingWords(() => visitor.send())
      await visitor.online()
      await agent.sees(way.thanks)
      await street.losingAnswers(() => visitor.sendFile(writePicture(folder, 'street.png')))
      await visitor.online()
      await visitor.retryUpload()
      await agent.lines.getByRole('img', { name: /street\.png/ }).waitFor()
      await office.losingAnswers(() => agent.sendFile(writePicture(folder, 'office.png')))
      await agent.backOnline()
      await agent.retryUpload(path.join(folder, 'office.png'))
      await visitor.lines.getByRole('img', { name: 'office.png' }).waitFor()

      // a note for colleagues, a ticket
      await office.losingAnswers(() => agent.note(way.note))
      await agent.backOnline()
      await agent.sees(way.note)
      await agent.openTicket(way.kind, way.title)
      await office.losingAnswers(() => agent.createTicket())
      await agent.backOnline()
      await agent.ticketCreated(way.created)

      // the end, and the survey
      await office.losingAnswers(() => agent.finish())
      await agent.backOnline()
      await visitor.sees(way.survey)
      await asks(() => visitor.tap(way.rate), way.comment)
      await visitor.say(way.praise)
      await visitor.sees(way.farewell)
      await agent.sees(way.farewell)

      const stored = await agent.stored(conversationId)
      expectNothingLost(stored, await visitor.shown(), await agent.shown())
      expect((await visitor.shown()).join(), 'what the visitor sees').not.to.include(way.note)
      const contactId = (
        await agent.get<{ contact: { id: string } }>(`/conversations/${conversationId}`)
      ).contact.id
      const { items } = await agent.get<{ items: { title: string }[] }>(
        `/tickets?contactId=${contactId}`,
      )
      expect(items.filter(({ title }) => title === way.title)).to.have.length(1)

      await office.losingAnswers(() => agent.wrapUp(way.outcome))
      await agent.backOnline()
      await agent.noneInHand()
      await street.close()
      await office.close()
    })
})

/** Seq by seq: the store has no gap, and both pages show its messages once and in its order. */
function expectNothingLost(stored: WireMessage[], visitor: string[], agent: string[]): void {
  expect(stored.map(({ seq }) => seq)).to.deep.equal(stored.map((_, index) => index + 1))
  const said = stored.filter(({ parts }) => parts.some((part) => part.type !== 'event'))
  const public_ = said.filter(({ direction }) => direction !== 'internal')
  expectSame(said.map(gist), agent, 'the agent')
  expectSame(public_.map(gist), visitor, 'the visitor')
}

function expectSame(expected: string[], shown: string[], who: string): void {
  const found = shown.map((line, index) =>
    expected[index] && line.includes(expected[index]) ? expected[index] : line,
  )
  expect(found, `what ${who} sees`).to.deep.equal(expected)
}

/** Words or a file's name by which a message is known on both pages. */
function gist({ parts }: WireMessage): string {
  for (const part of parts) {
    if (part.type === 'text') return part.text.replace(/\s+/g, ' ').trim()
    if (part.type === 'choice') return part.label
    if (part.type === 'media') return part.name
  }
  return ''
}
