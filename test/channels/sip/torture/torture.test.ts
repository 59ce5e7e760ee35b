import { expect } from 'chai'
import {
  createResponse,
  parseMessage,
  serialize,
} from '../../../../channels/sip/message/message.ts'
import { applicationMessages } from './application.ts'
import { invalidMessages } from './invalid.ts'
import { validMessages } from './valid.ts'

describe('RFC 4475 torture messages', () => {
  it('are all 49 here', () => {
    const names = [...validMessages, ...applicationMessages, ...invalidMessages].map((m) => m.name)
    expect(new Set(names).size).to.equal(49)
    expect(names).to.have.length(49)
  })

  for (const { name, about, bytes, reads } of [...validMessages, ...applicationMessages])
    it(`${name} is read, and means the same when written again: ${about}`, () => {
      const message = parseMessage(bytes)
      if (message.kind !== 'request' && message.kind !== 'response')
        throw new Error(`refused: ${JSON.stringify(message)}`)
      reads(message)
      const again = parseMessage(serialize(message))
      expect(again).to.deep.equal(message)
    })

  for (const { name, about, bytes, status } of invalidMessages)
    it(`${name} is refused ${status ? `with ${status}` : 'in silence'}: ${about}`, () => {
      const result = parseMessage(bytes)
      if (result.kind !== 'malformed') throw new Error('taken for well-formed')
      if (status === undefined) return expect(result.request).to.equal(undefined)
      expect(result.status).to.equal(status)
      const answer = serialize(createResponse(result.request!, result.status)).toString()
      expect(answer).to.match(new RegExp(`^SIP/2\\.0 ${status} `))
      // the peer finds its transaction by these, so they come back as they were sent
      for (const line of bytes.toString().split('\r\n\r\n')[0]!.split('\r\n'))
        if (/^(Call-ID|CSeq):/.test(line) && name !== 'multi01')
          expect(answer).to.contain(line.replace(/:\s+/, ': '))
      return expect(answer).to.match(/\r\nVia: SIP\/2\.0\/(UDP|TCP) \S+;branch=/)
    })

  it('is never taken for a message when it is cut anywhere within its head', () => {
    for (const { bytes } of [...validMessages, ...applicationMessages, ...invalidMessages]) {
      const head = bytes.indexOf('\r\n\r\n') + 4
      for (let length = 1; length < head; length++)
        expect(parseMessage(bytes.subarray(0, length)).kind).to.equal('malformed')
    }
  })
})
