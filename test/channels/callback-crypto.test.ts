import { randomBytes } from 'node:crypto'
import * as oracle from '@wecom/crypto'
import { expect } from 'chai'
import { CallbackCrypto, callbackSignature } from '../../channels/callback-crypto.ts'
import { readCallbackXml, xmlText } from '../../channels/callback-xml.ts'

const wechat = {
  token: 'pamtest',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiveId: 'wxb11529c136998cb6',
}
const wecom = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
}
/** developer.work.weixin.qq.com, example 1: check of the address */
const echo = {
  msgSignature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
  timestamp: '1409659589',
  nonce: '263014780',
  encrypted:
    'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
}
/** example 2: a message */
const message = {
  msgSignature: '477715d11cdb4164915debcba66cb864d751f3e6',
  timestamp: '1409659813',
  nonce: '1372623149',
  encrypted:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/' +
    'sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZ' +
    'fJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3L' +
    'AVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28' +
    'H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
}

describe('encrypted callbacks of Tencent', () => {
  it("encrypts as WeChat's own example does", () => {
    const encrypted = new CallbackCrypto(wechat).encrypt(
      '我是中文abcd123',
      Buffer.from('aaaabbbbccccdddd'),
    )
    expect(encrypted).to.equal(
      'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    )
  })

  it("opens WeCom's own examples", () => {
    const crypto = new CallbackCrypto(wecom)
    expect(crypto.open(echo.encrypted, echo)).to.deep.equal({ text: '1616140317555161061' })
    const opened = crypto.open(message.encrypted, message)
    const fields = readCallbackXml((opened as { text: string }).text)
    expect(xmlText(fields, 'Content')).to.equal('hello')
    expect(xmlText(fields, 'MsgId')).to.equal('4561255354251345929')
  })

  it('checks the plain signature of an address', () => {
    const crypto = new CallbackCrypto(wechat)
    const signature = callbackSignature(wechat.token, '1409304348', 'xxxxxx')
    expect(crypto.plainHolds(signature, '1409304348', 'xxxxxx')).to.equal(true)
    expect(crypto.plainHolds(signature, '1409304349', 'xxxxxx')).to.equal(false)
    expect(crypto.plainHolds('', '1409304348', 'xxxxxx')).to.equal(false)
  })

  it('agrees with @wecom/crypto over random texts, keys and ids, both ways', () => {
    for (let round = 0; round < 500; round++) {
      const key = randomBytes(48)
        .toString('base64')
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 43)
      if (key.length < 43) continue
      const keys = { token: 't' + round, encodingAesKey: key, receiveId: 'wx' + round }
      const text = randomBytes(round % 97).toString('latin1') + '游客'.repeat(round % 7)
      const random = randomBytes(16)
      const crypto = new CallbackCrypto(keys)
      const encrypted = crypto.encrypt(text, random)
      expect(encrypted).to.equal(oracle.encrypt(key, text, keys.receiveId, random))
      const msgSignature = oracle.getSignature(keys.token, '1700000000', 'n', encrypted)
      expect(
        crypto.open(encrypted, { msgSignature, timestamp: '1700000000', nonce: 'n' }),
      ).to.deep.equal({ text })
    }
  })

  it('decrypts nothing that is not signed, whatever was changed', () => {
    const crypto = new CallbackCrypto(wecom)
    const bytes = Buffer.from(message.encrypted, 'base64')
    for (let at = 0; at < bytes.length; at += 7) {
      const altered = Buffer.from(bytes)
      altered[at]! ^= 1
      expect(crypto.open(altered.toString('base64'), message)).to.deep.equal({
        refused: 'signature',
      })
    }
    expect(crypto.open(message.encrypted, { ...message, nonce: '1' })).to.have.property('refused')
    expect(crypto.open(message.encrypted, { ...message, msgSignature: '' })).to.deep.equal({
      refused: 'signature',
    })
  })

  it('refuses what is signed and meant for another app, or no cipher text at all', () => {
    const other = new CallbackCrypto({ ...wecom, receiveId: 'wxother' })
    expect(other.open(message.encrypted, message)).to.deep.equal({ refused: 'receiver' })
    const crypto = new CallbackCrypto(wecom)
    for (const text of ['', 'AAAA', '!!!', randomBytes(64).toString('base64')]) {
      const msgSignature = callbackSignature(wecom.token, '1', '2', text)
      expect(crypto.open(text, { msgSignature, timestamp: '1', nonce: '2' })).to.have.property(
        'refused',
      )
    }
  })

  it('answers in the shape the platform reads', () => {
    const crypto = new CallbackCrypto(wechat)
    const fields = readCallbackXml(crypto.reply('<xml>好</xml>', '1409304348', 'abc'))
    const signature = {
      msgSignature: xmlText(fields, 'MsgSignature'),
      timestamp: xmlText(fields, 'TimeStamp'),
      nonce: xmlText(fields, 'Nonce'),
    }
    expect(crypto.open(xmlText(fields, 'Encrypt'), signature)).to.deep.equal({
      text: '<xml>好</xml>',
    })
  })

  it('takes no key of another length', () => {
    expect(() => new CallbackCrypto({ ...wechat, encodingAesKey: 'short' })).to.throw(RangeError)
  })
})
