/**
 * SIGKILL of the process at each arrow of "the way of a message", on all written channels at once, while their
 * providers stay: they repeat what was not acknowledged and keep what they took. A strike follows something that
 * passed a gate or that a provider saw, never a clock.
 */
import { expect } from 'chai'
import type { OutboxView } from '../../gateway/accounts/schema.ts'
import type { WireMessage } from '../../gateway/desk/protocol.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { Gate } from '../harness/gate.ts'
import { RunningProduct } from '../harness/product.ts'
import type { Struck } from './struck-channels.ts'
import {
  PUBLIC_URL,
  struckEmail,
  struckSmpp,
  struckTwilio,
  struckWechat,
  struckWecom,
  struckWeibo,
  until,
} from './struck-channels.ts'

const QUESTION = '兵马俑门票多少钱'
const ANSWER = /预约购票/
const SECOND = '城墙几点关门'
const SECOND_ANSWER = /城墙/
/** the smallest PNG: one point */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('kill -9 on the way of a message, on every written channel', function () {
  this.timeout(120_000)
  const product = new RunningProduct({
    YILU_PUBLIC_URL: PUBLIC_URL,
    // the providers' files are beside us
    YILU_SOURCE_ALLOW: '127.0.0.0/8',
  })
  const smpp = struckSmpp()
  const all = [
    ...[struckWechat(), struckWecom(), struckWeibo()],
    ...[struckTwilio(), smpp, struckEmail()],
  ]
  const channels = all.filter(({ missing }) => !missing)
  const inbounds: Gate[] = []
  let admin: SimulatedAgent
  let strikes = 0

  before(async () => {
    await product.start()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    for (const channel of channels) {
      const inbound = await Gate.before(product.url)
      inbounds.push(inbound)
      await channel.open(admin, inbound)
    }
  })
  after(async () => {
    await product.stop()
    for (const gate of inbounds) await gate.close()
    for (const channel of channels) {
      await channel.outbound().close()
      await channel.close()
    }
  })
  afterEach(function () {
    const { currentTest } = this
    // what the product said of it belongs to the report of a failure
    if (currentTest?.state === 'failed')
      currentTest.err!.stack += `\n${product.output.slice(-4000)}`
  })

  const restart = async () => {
    await product.kill()
    await product.start()
  }
  const each = <T>(work: (channel: Struck, who: string) => Promise<T>) => {
    strikes++
    return Promise.all(channels.map((channel) => work(channel, channel.contact(strikes))))
  }
  const again = <T>(work: (channel: Struck, who: string) => Promise<T>) =>
    Promise.all(channels.map((channel) => work(channel, channel.contact(strikes))))

  const times = (channel: Struck, who: string, expected: RegExp) =>
    channel.shown(who).filter((text) => expected.test(text)).length
  const shows = (channel: Struck, who: string, expected: RegExp) =>
    until(
      () => times(channel, who, expected) > 0,
      `${expected} on ${channel.id}: ${channel.shown(who).join(' | ')}`,
    )
  const dead = async (accountId: string) =>
    (await admin.get<{ items: OutboxView[] }>(`/outbox?state=dead&accountId=${accountId}`)).items

  async function deadBefore(): Promise<ReadonlyMap<string, number>> {
    const counted = channels.map(async ({ id }) => [id, (await dead(id)).length] as const)
    return new Map(await Promise.all(counted))
  }
  /** Shown, or in hand at the very moment of the strike: then it says that nobody knows. */
  async function answeredOrUnknown(
    channel: Struck,
    who: string,
    before: ReadonlyMap<string, number>,
  ): Promise<void> {
    const told = async () => {
      if (times(channel, who, ANSWER) > 0) return true
      const rows = await dead(channel.id)
      const fresh = rows.slice(0, rows.length - before.get(channel.id)!)
      return fresh.some(({ unknown, text }) => unknown && ANSWER.test(text))
    }
    await until(told, `the answer on ${channel.id}: ${channel.shown(who).join(' | ')}`)
  }

  /** Everything said on a channel, as an agent reads it. */
  async function messages(id: string): Promise<WireMessage[]> {
    const path = '/conversations'
    const { items } = await admin.get<{ items: { id: string }[] }>(path)
    const all = await Promise.all(
      items.map((one) => admin.get<{ messages: WireMessage[] }>(`${path}/${one.id}/messages`)),
    )
    const channel = /^(twilioSms|smpp)$/.test(id) ? 'sms' : id
    return all.flatMap((found) => found.messages).filter((each) => each.channel === channel)
  }

  /** Those sent on a channel, oldest first. */
  const files = async (id: string) =>
    (await messages(id))
      .sort((a, b) => a.atMs - b.atMs)
      .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'media' ? [part] : [])))

  it('stored and not yet acknowledged: the provider repeats it, and it is answered once', async () => {
    const before = await deadBefore()
    const acknowledged: Promise<void>[] = []
    await each(async (channel, who) => {
      const held = channel.acknowledging()
      acknowledged.push(channel.say(who, QUESTION))
      await held
    })
    await restart()
    await Promise.all(acknowledged)
    await again(async (channel, who) => {
      await answeredOrUnknown(channel, who, before)
      // whatever else was under way has come when a further question is answered
      await channel.say(who, SECOND)
      await shows(channel, who, SECOND_ANSWER)
      expect(times(channel, who, ANSWER), channel.id).to.be.at.most(1)
    })
  })

  it('acknowledged, and the answer not yet sent: it is sent after the restart, once', async () => {
    const refused = channels.filter(({ id }) =>
      ['wechat', 'weibo', 'twilioSms', 'email'].includes(id),
    )
    const before = await deadBefore()
    // those whose provider is asked for nothing else until the answer
    for (const channel of refused) await channel.outbound().close()
    await each((channel, who) => channel.say(who, QUESTION))
    await restart()
    for (const channel of refused) await channel.outbound().open()
    await again(async (channel, who) => {
      await answeredOrUnknown(channel, who, before)
      await channel.say(who, SECOND)
      await shows(channel, who, SECOND_ANSWER)
      expect(times(channel, who, ANSWER), channel.id).to.be.at.most(1)
    })
  })

  it('taken by the provider, and its answer not yet recorded: unknown, and never sent twice', async () => {
    const before = await deadBefore()
    await each(async (channel, who) => {
      const held = channel.outbound().withhold(() => times(channel, who, ANSWER) > 0, 'keep')
      await channel.say(who, QUESTION)
      await held
    })
    await restart()
    await again(async (channel, who) => {
      const rows = await until(async () => {
        const listed = await dead(channel.id)
        return listed.length > before.get(channel.id)! && listed
      }, `${channel.id} to say so`)
      const fresh = rows.slice(0, rows.length - before.get(channel.id)!)
      expect(
        fresh.every(({ unknown }) => unknown),
        channel.id,
      ).to.equal(true)
      // joined with what the flow said behind it, it is not the newest
      expect(
        fresh.some(({ text }) => ANSWER.test(text)),
        channel.id,
      ).to.equal(true)
      await channel.say(who, SECOND)
      await shows(channel, who, SECOND_ANSWER)
      expect(times(channel, who, ANSWER), channel.id).to.equal(1)
    })
  })

  it('a file promised and not yet fetched, half of a long text: both are whole after the restart', async () => {
    strikes++
    const withFiles = channels.filter(({ picture }) => picture)
    const text = `第${strikes}件:${'我的护照丢在城墙景区了,请帮忙联系失物招领处。'.repeat(5)}`
    const filesBefore = new Map<string, number>()
    for (const { id } of withFiles) filesBefore.set(id, (await files(id)).length)
    const [first, ...rest] = smpp.centre.partsOf(smpp.contact(strikes), '12301', text)
    expect(await smpp.centre.deliver(first!)).to.equal(0)
    await Promise.all(
      withFiles.map(async (channel) => {
        const { send, asked } = channel.picture!
        const before = asked()
        const held = channel.outbound().withhold(() => asked() > before, 'keep')
        await send(channel.contact(strikes), PICTURE)
        await held
      }),
    )
    await restart()
    await Promise.all(rest.map((part) => smpp.centre.deliver(part)))
    const heard = async () =>
      (await messages('smpp')).filter(({ parts }) =>
        parts.some((part) => part.type === 'text' && part.text === text),
      )
    await until(async () => (await heard()).length > 0, 'the long text')
    expect(await heard()).to.have.length(1)
    for (const { id } of withFiles) {
      const promised = (await files(id)).slice(filesBefore.get(id))
      expect(promised, id).to.have.length(1)
      const fetched = async () => {
        const response = await fetch(product.url + promised[0]!.url)
        return response.ok && Buffer.from(await response.arrayBuffer())
      }
      expect((await until(fetched, `the picture on ${id}`)).equals(PICTURE), id).to.equal(true)
    }
  })
})
