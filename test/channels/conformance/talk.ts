/** A contact and an agent in conversation over one channel, the agent's words with a name each. */
import { expect } from 'chai'
import type { Conversation } from '../../../gateway/domain/conversation.ts'
import type { Message } from '../../../gateway/domain/message.ts'
import { deliveryRank, plainText } from '../../../gateway/domain/message.ts'
import type { OutboxRow } from '../../../gateway/intake/model.ts'
import { ConversationModel, MessageModel, OutboxModel } from '../../../gateway/intake/model.ts'
import type { ChannelScene } from '../scene.ts'
import type { Driver } from './driver.ts'
import { PATIENCE_MS } from '../../harness/patience.ts'

export class Talk {
  readonly driver: Driver
  private readonly scene: ChannelScene
  private conversationId = ''
  private templateId: string | undefined
  private words = 0

  constructor(scene: ChannelScene, driver: Driver) {
    this.scene = scene
    this.driver = driver
  }

  /** The account is set up. */
  async open(): Promise<void> {
    const { scene, driver } = this
    await driver.open(scene)
    if (driver.approved) await this.approve(driver.approved)
  }

  /** Somebody asks for a person, and gets one. */
  async begin(): Promise<void> {
    await this.driver.say('转人工')
    const { card } = await this.scene.lin.accept()
    this.conversationId = card.id
  }

  /** Words nobody said before. */
  word(): string {
    return `${this.driver.kind}-${++this.words}-${Math.random().toString(36).slice(2, 8)}`
  }

  /** @returns brings the very same once more */
  async contactSays(text: string): Promise<() => Promise<unknown>> {
    const again = await this.driver.say(text)
    await this.heard(text)
    return again
  }

  /** @returns the id of the message */
  async agentSays(word: string): Promise<string> {
    const { lin } = this.scene
    const { conversationId, templateId } = this
    const { key = '' } = this.driver.approved ?? {}
    if (templateId)
      await lin.do({
        ...{ do: 'send', conversationId, clientMsgId: word },
        content: { type: 'template', templateId, params: { [key]: word } },
      })
    else await lin.say(conversationId, word)
    const find = async () =>
      (await this.messages()).find(({ parts }) => JSON.stringify(parts).includes(word))
    return (await this.until(find, `${word} in the conversation`))._id
  }

  async heard(text: string): Promise<void> {
    await this.until(async () => (await this.heardTimes(text)) > 0, `${text} to be heard`)
  }

  async heardTimes(text: string): Promise<number> {
    return (await this.heardTexts()).filter((each) => each === text).length
  }

  async heardTexts(): Promise<string[]> {
    const messages = await this.messages()
    return messages
      .filter(({ author }) => author.kind === 'contact')
      .map(({ parts }) => plainText(parts).trim())
  }

  shownTimes(word: string): number {
    return this.driver.shown().filter((text) => text.includes(word)).length
  }

  /** It is shown, and once only: another word that is said behind it has come when it is counted. */
  async shownOnce(word: string): Promise<void> {
    await this.until(() => this.shownTimes(word) > 0, `${word} to be shown`)
    await this.contactSays(this.word())
    const behind = this.word()
    await this.agentSays(behind)
    await this.until(() => this.shownTimes(behind) > 0, `${behind} to be shown`)
    expect(this.shownTimes(word), `${word} is shown so often`).to.equal(1)
  }

  async delivery(messageId: string): Promise<NonNullable<Message['delivery']> | undefined> {
    const message = await MessageModel.findById(messageId).lean<Message>()
    return message?.delivery
  }

  /** As GET /outbox lists it. */
  async listed(state: 'waiting' | 'dead', messageId: string) {
    const { items } = await this.scene.admin.get<{
      items: { id: string; unknown: boolean; attempts: number; error?: string }[]
    }>(`/outbox?state=${state}&accountId=${this.driver.kind}`)
    return items.find(({ id }) => id === messageId)
  }

  /** As the store is left by a process that died after the provider took the message. */
  async diedBeforeRecording(word: string): Promise<string> {
    const messageId = await this.agentSays(word)
    await this.until(() => this.shownTimes(word) > 0, `${word} to be shown`)
    const sent = async () => (await OutboxModel.findById(messageId).lean<OutboxRow>()) === null
    await this.until(sent, `${word} to be recorded`)
    const message = (await MessageModel.findById(messageId).lean<Message>())!
    const conversation = (await ConversationModel.findById(
      this.conversationId,
    ).lean<Conversation>())!
    const leg = conversation.legs.find(({ id }) => id === message.legId)!
    const row: OutboxRow = {
      ...{ _id: messageId, conversationId: this.conversationId, seq: message.seq },
      ...{ legId: leg.id, accountId: leg.accountId, threadKey: leg.threadKey },
      ...{ channel: leg.channel, state: 'sending', attempts: 1 },
      ...{ notBefore: new Date(), expiresAt: new Date(Date.now() + 3_600_000) },
    }
    await OutboxModel.create(row)
    const delivery = { state: 'queued', rank: deliveryRank.queued, at: new Date() }
    await MessageModel.updateOne({ _id: messageId }, { $set: { delivery } })
    return messageId
  }

  async until<T>(ask: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      const answer = await ask()
      if (answer) return answer
      if (Date.now() > deadline) throw new Error(`${this.driver.kind} waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }

  private messages(): Promise<Message[]> {
    return MessageModel.find({ conversationId: this.conversationId })
      .sort({ seq: 1 })
      .lean<Message[]>()
      .exec()
  }

  private async approve({ providerId, text, key }: NonNullable<Driver['approved']>): Promise<void> {
    const made = await this.scene.admin.rest('POST', '/templates', {
      ...{ accountId: this.driver.kind, name: '受理', providerId, use: 'template' },
      ...{ text, params: [{ key, label: '编号' }] },
    })
    this.templateId = ((await made.json()) as { id: string }).id
  }
}
