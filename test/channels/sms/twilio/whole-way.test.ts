import { expect } from 'chai'
import { TwilioSimulator } from '../../../simulators/twilio.ts'
import { ChannelScene } from '../../scene.ts'

const TOURIST = '+85261234567'
/** the smallest PNG: one point */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('a tourist from abroad who writes text messages through Twilio', function () {
  this.timeout(60_000)
  let scene: ChannelScene
  let webhook: string
  const twilio = new TwilioSimulator({
    retryMs: 20,
    reach: (url) => url.replace('https://hotline.example', scene.url),
  })

  before(async () => {
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: 'https://hotline.example' })
    const apiBase = await twilio.listen()
    const { accountSid, authToken, numbers } = twilio.options
    const settings = { accountSid, authToken, sender: numbers[0], apiBase }
    const account = await scene.addAccount({
      id: 'abroad',
      kind: 'twilioSms',
      settings,
      lang: 'en',
    })
    webhook = account.callbacks![0]!.address
  })
  after(async () => {
    await scene.close()
    await twilio.close()
  })

  const gets = (expected: RegExp, from = 0) =>
    scene.until(
      () => twilio.sent.slice(from).find(({ body, to }) => to === TOURIST && expected.test(body)),
      `${expected}`,
    )

  it('the address to copy is the public one, and makes Twilio try again', async () => {
    expect(webhook).to.equal(
      'https://hotline.example/channels/twilioSms/abroad/inbound#rc=5&rp=5xx,ct,rt',
    )
    expect(await scene.check('abroad')).to.include({ ok: true })
  })

  it('asks, is handed to an agent with a picture, and is told what became of it', async () => {
    expect(await twilio.say(webhook, TOURIST, 'When does the city wall close?')).to.deep.equal([
      200,
    ])
    await gets(/wall/i)
    const before = twilio.sent.length
    await twilio.say(webhook, TOURIST, 'agent')
    const { card } = await scene.lin.accept()
    expect(card.channel).to.equal('sms')
    await scene.lin.say(card.id, 'Hello, this is Lin.')
    const sent = await gets(/this is Lin/, before)
    for (const status of ['sent', 'delivered'])
      expect(await twilio.status(sent, status)).to.deep.equal([200])
    await scene.until(async () => {
      const messages = await scene.messages(TOURIST)
      return messages.some(
        ({ parts, delivery }) =>
          parts[0]?.type === 'text' &&
          /this is Lin/.test(parts[0].text) &&
          delivery?.state === 'delivered',
      )
    }, 'shown as delivered')
    const pictures = [{ content: picture, type: 'image/png' }]
    await twilio.say(webhook, TOURIST, 'Look at this ticket', { pictures })
    const { parts } = await scene.lin.hears(/Look at this ticket/)
    const media = parts.find((part) => part.type === 'media')!
    const shown = await fetch(scene.url + media.url)
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).to.equal(true)
  })

  it('the same webhook again changes nothing; a forged one is refused and shown to the operator', async () => {
    const sid = `SM${'7'.repeat(32)}`
    for (let time = 0; time < 3; time++)
      expect(await twilio.say(webhook, TOURIST, 'only once', { sid })).to.deep.equal([200])
    const forged = await twilio.say(webhook, TOURIST, 'Hello', { tamper: true })
    expect(forged).to.deep.equal([403])
    await scene.lin.hears(/only once/)
    const texts = (await scene.messages(TOURIST)).flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    )
    expect(texts.filter((text) => text === 'only once')).to.have.length(1)
    expect(texts).to.not.include('something else')
    const { faults } = (await scene.account('abroad')).health!
    expect(faults.map(({ code }) => code)).to.include('BAD_SIGNATURE')
    expect(scene.errors).to.deep.equal([])
  })
})
