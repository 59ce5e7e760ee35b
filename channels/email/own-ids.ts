/** What we put into mail so that its answer finds back: a Message-ID and a plus address, both signed. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 48 bits: nobody who was not written to guesses one. */
const MAC_CHARS = 12

export interface OwnId {
  /** of our message */
  messageId: string
  threadId: string
}

export class OwnIds {
  private readonly secret: string
  private readonly local: string
  private readonly domain: string

  /** @param address where people write to us */
  constructor(secret: string, address: string) {
    const at = address.lastIndexOf('@')
    this.secret = secret
    this.local = address.slice(0, at).toLowerCase()
    this.domain = address.slice(at + 1).toLowerCase()
  }

  /** The same message always gets the same one (RFC 5322 §3.6.4), with its brackets. */
  mint({ messageId, threadId }: OwnId): string {
    return `<${messageId}.${threadId}.${this.mac(`${messageId}.${threadId}`)}@${this.domain}>`
  }

  /** @returns undefined for ids of others and forged ones */
  read(id: string): OwnId | undefined {
    const found = /^<?([0-9a-f]{8,64})\.([0-9a-f]{12})\.([0-9a-f]{12})@([^@<>\s]+)>?$/i.exec(id)
    if (found?.[4]!.toLowerCase() !== this.domain) return undefined
    const [messageId, threadId, mac] = found!.slice(1, 4).map((part) => part.toLowerCase())
    return this.signed(`${messageId}.${threadId}`, mac!)
      ? { messageId: messageId!, threadId: threadId! }
      : undefined
  }

  /** Every id of ours in a text, e.g. of a bounce; without its brackets. */
  findIn(text: string): string[] {
    const found = text.match(/[0-9a-f]{8,64}\.[0-9a-f]{12}\.[0-9a-f]{12}@[^@<>\s"';,)]{1,253}/gi)
    return [...new Set(found)].filter((id) => this.read(id))
  }

  /** local+tag@domain (RFC 5233), for Reply-To. */
  address(threadId: string): string {
    return `${this.local}+${threadId}${this.mac(threadId)}@${this.domain}`
  }

  /** The thread a plus address of ours stands for. */
  readAddress(address: string): string | undefined {
    const lower = address.toLowerCase()
    const start = `${this.local}+`
    if (!lower.startsWith(start) || !lower.endsWith(`@${this.domain}`)) return undefined
    const tag = lower.slice(start.length, -this.domain.length - 1)
    const threadId = tag.slice(0, MAC_CHARS)
    return /^[0-9a-f]{24}$/.test(tag) && this.signed(threadId, tag.slice(MAC_CHARS))
      ? threadId
      : undefined
  }

  /** Is that our own address, with or without a tag? */
  isOurs(address: string): boolean {
    const lower = address.toLowerCase()
    return (
      lower === `${this.local}@${this.domain}` ||
      (lower.startsWith(`${this.local}+`) && lower.endsWith(`@${this.domain}`))
    )
  }

  private mac(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('hex').slice(0, MAC_CHARS)
  }

  private signed(text: string, mac: string): boolean {
    return timingSafeEqual(Buffer.from(this.mac(text)), Buffer.from(mac))
  }
}
