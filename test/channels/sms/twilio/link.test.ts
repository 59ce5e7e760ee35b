import { expect } from 'chai'
import type { ChannelAccount } from '../../../../channels/provider.ts'
import type { TwilioSettings } from '../../../../channels/sms/twilio/account.ts'
import { twilioSettings } from '../../../../channels/sms/twilio/account.ts'
import { TwilioLink } from '../../../../channels/sms/twilio/link.ts'
import type { TwilioOptions } from '../../../simulators/twilio.ts'
import { TwilioSimulator } from '../../../simulators/twilio.ts'
import type { OpenedDoor } from '../opened-door.ts'
import { openedDoor } from '../opened-door.ts'
import { RecordedEvents } from '../recorded-events.ts'

const tourist = '+85261234567'
const sms = (text: string, more: object = {}) => ({ messageId: 'm1', to: tourist, text, ...more })

describe('Twilio', () => {
  let events: RecordedEvents
  let twilio: TwilioSimulator
  let link: TwilioLink
  let door: OpenedDoor
  let account: ChannelAccount<TwilioSettings>

  async function begin(options: TwilioOptions = {}, given: object = {}): Promise<void> {
    events = new RecordedEvents()
    // the public address is a proxy's; behind it is the door on the loopback
    const reach = (url: string) =>
      url.replace('https://hotline.example/channels/sms/main', door.url)
    twilio = new TwilioSimulator({ reach, retryMs: 5, now: events.now, ...options })
    const apiBase = await twilio.listen()
    const { accountSid, authToken, numbers } = new TwilioSimulator().options
    const settings = twilioSettings.parse({
      ...{ accountSid, authToken, sender: numbers[0], apiBase, ...given },
    })
    account = { id: 'main', kind: 'twilioSms', name: '', lang: 'en', settings }
    link = new TwilioLink(account, events)
    door = await openedDoor(link)
  }
  const inbound = 'https://hotline.example/channels/sms/main/inbound#rc=5&rp=5xx,ct,rt'
  afterEach(async () => {
    await door.close()
    await twilio.close()
  })

  it('a conversation: in, out, and what became of it', async () => {
    await begin()
    expect(await twilio.say(inbound, tourist, 'Hello, 你好!')).to.deep.equal([200])
    expect(events.messages[0]).to.include({
      from: tourist,
      to: '+15017122661',
      text: 'Hello, 你好!',
    })
    const result = await link.submit(sms('Welcome to Xi’an'))
    const [sent] = twilio.sent
    expect(result).to.deep.equal({ ok: true, state: 'sent', providerIds: [sent!.sid] })
    for (const status of ['queued', 'sent', 'delivered'])
      expect(await twilio.status(sent!, status)).to.deep.equal([200])
    expect(events.reports.map(({ state }) => state)).to.deep.equal(['sent', 'delivered'])
    await twilio.status(sent!, 'undelivered', 30_003)
    expect(events.reports.at(-1)).to.include({ state: 'failed', code: '30003' })
  })

  it('the answer to a webhook says nothing', async () => {
    await begin()
    let body = ''
    const fetched = fetch
    twilio.options.reach = (url) => url.replace(/^https:\/\/hotline.example.*main/, door.url)
    globalThis.fetch = async (...args) => {
      const response = await fetched(...args)
      body = await response.clone().text()
      return response
    }
    try {
      await twilio.say(inbound, tourist, 'Hello')
    } finally {
      globalThis.fetch = fetched
    }
    expect(body).to.match(/<Response><\/Response>$/)
  })

  it('a webhook altered on its way, unsigned, or signed with another token is refused', async () => {
    await begin()
    expect(await twilio.say(inbound, tourist, 'Hello', { tamper: true })).to.deep.equal([403])
    const unsigned = await fetch(`${door.url}/inbound`, { method: 'POST', body: 'Body=x' })
    expect(unsigned.status).to.equal(403)
    twilio.options.authToken = 'another'
    expect(await twilio.say(inbound, tourist, 'Hello')).to.deep.equal([403])
    expect(events.messages).to.deep.equal([])
    expect(events.health).to.deep.equal(Array(3).fill('warning BAD_SIGNATURE'))
  })

  it('without a public address nothing is believed, and a person is asked for it', async () => {
    await begin()
    events.callbackUrl = undefined
    const statuses = await twilio.say(inbound, tourist, 'Hello')
    expect(new Set(statuses)).to.deep.equal(new Set([503]))
    expect(events.health[0]).to.equal('needsPerson PUBLIC_URL_MISSING')
    await link.submit(sms('Hi'))
    expect(twilio.sent[0]!.statusCallback).to.equal('')
  })

  it('a store that is down: Twilio comes again, and the message is there once', async () => {
    await begin()
    events.storeDown = true
    const said = twilio.say(inbound, tourist, 'Hello', { sid: 'SM1' })
    await events.until(() => events.errors.length > 0)
    events.storeDown = false
    expect((await said).at(-1)).to.equal(200)
    await twilio.say(inbound, tourist, 'Hello', { sid: 'SM1' })
    expect(events.messages).to.have.length(1)
  })

  it('pictures of an MMS are promised and fetched without showing the token to the storage', async () => {
    await begin()
    const content = Buffer.from('a picture')
    await twilio.say(inbound, tourist, '', { pictures: [{ content, type: 'image/jpeg' }] })
    const [picture] = events.messages[0]!.media!
    expect(picture).to.include({ kind: 'image', name: '1.jpeg' })
    expect((await link.fetchMedia(picture!.ref)).content.toString()).to.equal('a picture')
  })

  it('an address that is not Twilio’s is not fetched', async () => {
    await begin()
    const error = await link
      .fetchMedia('http://169.254.169.254/latest')
      .catch((error: unknown) => error)
    expect(error).to.be.an('error')
  })

  it('who wrote STOP is not written to again; a wrong number neither', async () => {
    await begin({ stopped: [tourist] })
    const never = { ok: false, retry: 'never' }
    expect(await link.submit(sms('Hi'))).to.deep.equal({ ...never, code: '21610' })
    expect(await link.submit(sms('Hi', { to: '+1' }))).to.deep.equal({ ...never, code: '21211' })
    expect(events.health).to.deep.equal([])
  })

  it('too many requests: the account rests as long as Twilio says', async () => {
    await begin({ refuse: () => [429, 20_429] })
    expect(await link.submit(sms('Hi'))).to.deep.equal({
      ...{ ok: false, retry: 'later', pauseAccountMs: 2000, code: '20429' },
    })
  })

  it('a text over 1600 characters goes in two, and the second is sent alone when it failed', async () => {
    await begin({ refuse: (_, sent) => (sent === 1 ? [503, 20_503] : undefined) })
    const text = 'All the opening hours of the city. '.repeat(70).trim()
    const refused = await link.submit(sms(text))
    expect(refused).to.include({ ok: false, retry: 'later', sentPieces: 1 })
    twilio.options.refuse = () => undefined
    expect(await link.submit(sms(text, { sentPieces: 1 }))).to.include({ ok: true })
    expect(twilio.sent.map(({ body }) => body).join(' ')).to.equal(text)
  })

  it('an approved text of Twilio’s own goes by its id; others as their words', async () => {
    await begin({}, { sender: `MG${'b'.repeat(32)}` })
    const providerId = `HX${'c'.repeat(32)}`
    await link.submit(sms('words', { template: { providerId, params: { 1: 'A-17' } } }))
    await link.submit(sms('words', { template: { providerId: 'notice', params: {} } }))
    expect(twilio.sent.map(({ body }) => body)).to.deep.equal([
      `[${providerId}] {"1":"A-17"}`,
      'words',
    ])
  })

  it('the test button, and a connection that falls', async () => {
    await begin()
    expect(await link.check()).to.deep.equal({ ok: true })
    twilio.http.fault = 'hangUp'
    expect(await link.submit(sms('Hi'))).to.include({ ok: false, retry: 'unknown' })
    twilio.http.fault = { status: 500, body: '{}' }
    expect(await link.submit(sms('Hi'))).to.include({
      ok: false,
      retry: 'unknown',
      code: 'HTTP_500',
    })
    twilio.http.fault = undefined
    twilio.options.authToken = 'another'
    expect(await link.check()).to.include({ ok: false, code: 'PROVIDER_CREDENTIALS' })
  })

  describe('what came while we were away', () => {
    const away = 'http://127.0.0.1:1/nobody'
    const texts = () => events.messages.map(({ text }) => text)
    /** starts the link, which reads at once, and stops it again */
    const read = async () => {
      link.start()
      await link.stop()
      link = new TwilioLink(account, events)
    }

    it('is read at the start, in its order; what a webhook brought is there once', async () => {
      await begin()
      await twilio.say(away, tourist, 'before the account was set up')
      events.nowMs += 3_600_000
      await read()
      await twilio.say(inbound, tourist, 'by webhook')
      for (let index = 0; index < 120; index++) {
        events.nowMs += 1000
        await twilio.say(away, tourist, `missed ${index}`)
      }
      await read()
      const missed = Array.from({ length: 120 }, (_, index) => `missed ${index}`)
      expect(texts()).to.deep.equal(['by webhook', ...missed])
      await read()
      expect(texts()).to.have.length(121)
    })

    it('pictures too', async () => {
      await begin()
      await read()
      const pictures = [{ content: Buffer.from('a picture'), type: 'image/png' }]
      await twilio.say(away, tourist, 'look', { pictures })
      await read()
      const [picture] = events.messages[0]!.media!
      expect((await link.fetchMedia(picture!.ref)).content.toString()).to.equal('a picture')
    })

    it('and is read again when the store was down', async () => {
      await begin()
      await read()
      await twilio.say(away, tourist, 'Hello')
      events.storeDown = true
      await read()
      expect(events.errors).to.have.length(1)
      events.storeDown = false
      await read()
      expect(texts()).to.deep.equal(['Hello'])
    })

    it('a refused token is told', async () => {
      await begin()
      await read()
      twilio.options.authToken = 'another'
      await read()
      expect(events.health).to.include('needsPerson 20003')
    })
  })
})
