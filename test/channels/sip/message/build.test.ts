import { expect } from 'chai'
import {
  createAck,
  createCancel,
  createRequest,
  createResponse,
  header,
  nameAddr,
  newBranch,
  newCallId,
  newTag,
  serialize,
  setHeader,
  sipUri,
  tagOf,
} from '../../../../channels/sip/message/message.ts'
import { bytesOf, inviteBytes, readRequest, readResponse, requestLines } from './messages.ts'

describe('writing SIP messages', () => {
  it('a response takes what identifies the transaction, hop by hop, and gives To a tag', () => {
    const invite = readRequest(inviteBytes)
    const ringing = readResponse(serialize(createResponse(invite, 180, { toTag: 'ours' })))
    expect(ringing).to.include({ status: 180, reason: 'Ringing', callId: invite.callId })
    expect(ringing.via).to.deep.equal(invite.via)
    expect(ringing.recordRoute).to.deep.equal(invite.recordRoute)
    expect(ringing.from).to.deep.equal(invite.from)
    expect(tagOf(ringing.to)).to.equal('ours')
    expect(tagOf(invite.to), 'the request is left alone').to.equal(undefined)
  })

  it('a refusal names no route; the same request always gets the same tag', () => {
    const invite = readRequest(inviteBytes)
    const busy = createResponse(invite, 486)
    expect(busy.recordRoute).to.deep.equal([])
    expect(tagOf(busy.to)).to.match(/^[0-9a-f]{16}$/)
    expect(tagOf(createResponse(readRequest(inviteBytes), 486).to)).to.equal(tagOf(busy.to))
  })

  it('100 has no tag of ours and gives Timestamp back', () => {
    const trying = createResponse(readRequest(bytesOf(requestLines('Timestamp: 54'))), 100)
    expect(tagOf(trying.to)).to.equal(undefined)
    expect(header(trying, 'timestamp')).to.equal('54')
  })

  it('a tag that To has stays', () => {
    const lines = requestLines().map((line) => (line.startsWith('To') ? `${line};tag=t` : line))
    expect(tagOf(createResponse(readRequest(bytesOf(lines)), 200, { toTag: 'x' }).to)).to.equal('t')
  })

  it('ACK and CANCEL belong to the transaction of their INVITE', () => {
    const invite = readRequest(
      bytesOf([
        ...inviteBytes.toString().split('\r\n\r\n')[0]!.split('\r\n').slice(0, -1),
        'Route: <sip:p1.example.com;lr>',
      ]),
    )
    const refusal = createResponse(invite, 486, { toTag: 'theirs' })
    const ack = readRequest(serialize(createAck(invite, refusal)))
    expect(ack.via).to.deep.equal([invite.via[0]])
    expect(ack.cseq).to.deep.equal({ seq: 2, method: 'ACK' })
    expect(tagOf(ack.to)).to.equal('theirs')
    expect(ack.route).to.deep.equal(invite.route)
    const cancel = readRequest(serialize(createCancel(invite)))
    expect(cancel.via).to.deep.equal([invite.via[0]])
    expect(cancel).to.deep.include({ method: 'CANCEL', uri: invite.uri, to: invite.to })
    expect(cancel.cseq).to.deep.equal({ seq: 2, method: 'CANCEL' })
    expect(cancel.body).to.have.length(0)
  })

  it('a request of ours is read back as it was made, its length counted in bytes', () => {
    const made = createRequest({
      method: 'MESSAGE',
      uri: sipUri({ user: '张', host: '::1', port: 5070, params: { transport: 'tcp' } }),
      via: [
        { transport: 'TCP', host: '::1', port: 5060, params: new Map([['branch', newBranch()]]) },
      ],
      from: nameAddr(sipUri({ user: '12301', host: 'h' }), {
        name: '热线',
        params: { tag: newTag() },
      }),
      to: nameAddr(sipUri({ user: '801', host: 'h' })),
      callId: newCallId('::1'),
      seq: 7,
      route: [nameAddr(sipUri({ host: 'p', params: { lr: '' } }))],
      headers: { Allow: ['INVITE', 'BYE'], 'X-Conversation': 'c1' },
      body: '您好',
      contentType: 'text/plain',
    })
    const bytes = serialize(made)
    expect(bytes.toString()).to.contain('\r\nContent-Length: 6\r\n')
    expect(readRequest(bytes)).to.deep.equal(made)
  })

  it('a value from outside never becomes a header of its own', () => {
    const message = createResponse(readRequest(bytesOf(requestLines())), 400, {
      reason: 'Bad\r\nContact: <sip:evil@example.com>',
    })
    setHeader(message, 'warning', '399 h "x"\r\nRoute: <sip:evil@example.com>')
    const again = readResponse(serialize(message))
    expect(again.contact).to.deep.equal([])
    expect(again.route).to.deep.equal([])
  })

  it('headers are spelled as people know them', () => {
    const message = createResponse(readRequest(bytesOf(requestLines())), 401)
    for (const key of ['www-authenticate', 'min-se', 'rseq', 'retry-after', 'x-odd'])
      setHeader(message, key, '1')
    setHeader(message, 'x-odd')
    const text = serialize(message).toString()
    for (const name of ['WWW-Authenticate', 'Min-SE', 'RSeq', 'Retry-After', 'CSeq', 'Call-ID'])
      expect(text).to.contain(`\r\n${name}: `)
    expect(text).not.to.contain('X-Odd')
  })
})
