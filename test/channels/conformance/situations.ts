/** What can happen on the way, and what must come of it whatever the channel. */
import { expect } from 'chai'
import { RefusedError } from '../../harness/agent.ts'
import type { ChannelScene } from '../scene.ts'
import type { Driver, NotHere } from './driver.ts'
import type { Talk } from './talk.ts'

export interface Situation {
  name: string
  /** why it does not arise on this channel */
  not?: (driver: Driver) => string | undefined
  play: (talk: Talk, scene: ChannelScene) => Promise<void>
}

const reason = (way: unknown): string | undefined =>
  typeof way === 'object' && way !== null && 'not' in way ? (way as NotHere).not : undefined

export const situations: Situation[] = [
  {
    name: 'duplicate: what comes three times is heard once',
    async play(talk) {
      const word = talk.word()
      const { repeated } = talk.driver
      if (repeated) await repeated(word)
      else {
        const again = await talk.contactSays(word)
        await Promise.all([again(), again()])
      }
      await talk.contactSays(talk.word())
      expect(await talk.heardTimes(word)).to.equal(1)
    },
  },
  {
    name: 'out of order: parts in the wrong order, an old message after a new one',
    async play(talk) {
      const { driver } = talk
      if (driver.reversed) {
        const text = `${talk.word()}我的护照丢在城墙景区了,请帮忙联系失物招领处。`.repeat(5)
        await driver.reversed(text)
        await talk.heard(text)
      }
      if (driver.repeated) return
      const [older, newer] = [talk.word(), talk.word()]
      const again = await talk.contactSays(older)
      await talk.contactSays(newer)
      await again()
      const last = talk.word()
      await talk.contactSays(last)
      expect((await talk.heardTexts()).slice(-3)).to.deep.equal([older, newer, last])
    },
  },
  {
    name: 'oversize: refused or cut, and the next word is heard',
    not: ({ oversize }) => reason(oversize),
    async play(talk) {
      await (talk.driver.oversize as () => Promise<void>)()
      await talk.contactSays(talk.word())
      for (const text of await talk.heardTexts()) expect(text.length).to.be.below(300_000)
    },
  },
  {
    name: 'bad signature: refused, never heard, and the true one is',
    not: ({ forge }) => reason(forge),
    async play(talk) {
      const forged = talk.word()
      await (talk.driver.forge as (text: string) => Promise<void>)(forged)
      await talk.contactSays(talk.word())
      expect(await talk.heardTimes(forged)).to.equal(0)
    },
  },
  {
    name: 'provider down: the operator is told, the answer waits and is shown once',
    not: ({ providerDown }) => reason(providerDown),
    async play(talk, scene) {
      const { kind, gate } = talk.driver
      await talk.contactSays(talk.word())
      await gate!.close()
      const word = talk.word()
      const messageId = await talk.agentSays(word)
      const told = async () => (await scene.account(kind)).health?.state !== 'ok'
      await talk.until(told, 'the operator to be told')
      expect(await talk.listed('waiting', messageId)).to.include({ unknown: false })
      await gate!.open()
      await talk.shownOnce(word)
    },
  },
  {
    name: 'window closed: the agent is told it was not sent, until the contact writes again',
    not: ({ closeWindow }) => reason(closeWindow),
    async play(talk) {
      await talk.contactSays(talk.word())
      await (talk.driver.closeWindow as () => unknown)()
      await fails(talk)
    },
  },
  {
    name: 'the answer is lost after the message was taken: unknown, and never sent again by itself',
    not: ({ answerLost }) => reason(answerLost),
    async play(talk) {
      await talk.contactSays(talk.word())
      const word = talk.word()
      const lost = talk.driver.gate!.withhold(() => talk.shownTimes(word) > 0, 'cut')
      const messageId = await talk.agentSays(word)
      await lost
      await talk.until(() => talk.listed('dead', messageId), `${word} among those that failed`)
      expect(await talk.listed('dead', messageId)).to.include({ unknown: true })
      await talk.shownOnce(word)
    },
  },
]

/** Played last: whoever was refused rests for a minute, credentials that are mended at once included. */
export const situationsWithRest: Situation[] = [
  {
    name: 'quota used up: told at once where only the contact helps, sent later where time does',
    not: ({ useUpQuota }) => reason(useUpQuota),
    async play(talk) {
      const { refuse, then } = talk.driver.useUpQuota as Exclude<Driver['useUpQuota'], NotHere>
      await talk.contactSays(talk.word())
      refuse()
      if (then === 'fails') return fails(talk)
      const word = talk.word()
      const messageId = await talk.agentSays(word)
      if (then === 'sent') return talk.shownOnce(word)
      const kept = async () => ((await talk.listed('waiting', messageId))?.attempts ?? 0) > 0
      await talk.until(kept, 'the refusal')
      expect(await talk.listed('dead', messageId)).to.equal(undefined)
      expect(talk.shownTimes(word)).to.equal(0)
    },
  },
  {
    name: 'token expired: renewed by itself, or by a person who is told',
    not: ({ expireToken }) => reason(expireToken),
    async play(talk, scene) {
      const { expire, renew } = talk.driver.expireToken as Exclude<Driver['expireToken'], NotHere>
      const { kind } = talk.driver
      await talk.contactSays(talk.word())
      expire()
      const word = talk.word()
      const messageId = await talk.agentSays(word)
      if (!renew) return talk.shownOnce(word)
      const told = async () => (await scene.account(kind)).health?.state === 'needsPerson'
      await talk.until(told, 'a person to be asked for')
      await renew()
      expect(await scene.check(kind)).to.include({ ok: true })
      expect(await talk.listed('waiting', messageId)).to.include({ unknown: false })
    },
  },
]

async function fails(talk: Talk): Promise<void> {
  const word = talk.word()
  const messageId = await talk.agentSays(word).catch((error: unknown) => {
    // known before it is written: the desk refuses it
    if (error instanceof RefusedError && error.error.code === 'WINDOW_CLOSED') return undefined
    throw error
  })
  const failed = async () => (await talk.delivery(messageId!))?.state === 'failed'
  if (messageId) await talk.until(failed, `${word} to fail`)
  expect(talk.shownTimes(word)).to.equal(0)
  await talk.contactSays(talk.word())
  const next = talk.word()
  await talk.agentSays(next)
  await talk.shownOnce(next)
}
