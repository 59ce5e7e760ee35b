/** Bytes written by others: tests of gocmpp (Apache-2.0) and packets SMSGate (Apache-2.0) recorded on live lines. */
import { expect } from 'chai'
import {
  cmppTimestamp,
  connectAuthenticator,
  encodeConnect,
  readConnectResponse,
} from '../../../../channels/sms/cmpp/connect.ts'
import { readPieces } from '../../../../channels/sms/cmpp/content.ts'
import { encodeDeliverResponse, readDeliver } from '../../../../channels/sms/cmpp/deliver.ts'
import { CmppFrameReader, encodeFrame } from '../../../../channels/sms/cmpp/frame.ts'
import { reportState } from '../../../../channels/sms/cmpp/report-state.ts'
import { encodeSubmit, readSubmitResponse } from '../../../../channels/sms/cmpp/submit.ts'
import { readUserData } from '../../../../channels/sms/udh.ts'
import {
  decodeSubmit,
  encodeConnectResponse,
  encodeDeliver,
  encodeReport,
  frameOf,
} from '../../../simulators/cmpp.ts'

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex')
const zeros = (count: number) => '00'.repeat(count)
const ascii = (text: string, length: number) =>
  Buffer.from(text)
    .toString('hex')
    .padEnd(length * 2, '0')

const sp = { spId: '900001', secret: '888888', timestamp: '1021080510' }
const authenticator = '90d00c1d517abd0b4f65f6bcf8535d16'

describe('CMPP bytes of gocmpp', () => {
  it('CONNECT and its authenticator', () => {
    const { spId, secret, timestamp } = sp
    const hash = connectAuthenticator(spId, secret, timestamp)
    expect(hash.toString('hex')).to.equal(authenticator)
    const body = encodeConnect({ ...sp, version: '3.0' })
    const frame = encodeFrame({ command: 1, sequence: 0x17, body })
    // gocmpp's packet says version 2.1
    const expected = `0000002700000001000000173930303030 31 ${authenticator} 21 3cdc73be`
    expect(frame.toString('hex')).to.equal(
      bytes(expected).toString('hex').replace('213cdc', '303cdc'),
    )
  })

  it('the time of CONNECT is China’s, its leading zero kept in the authenticator', () => {
    expect(cmppTimestamp(Date.UTC(2026, 0, 1, 16, 5, 10))).to.equal('0102000510')
  })

  it('CONNECT_RESP of both versions, by our reader and as the simulator writes it', () => {
    const two = bytes('00 6c0b846e25bab6daa4ed1c466e0f4bd8 21')
    const three = bytes('00000000 79429772 74098cf2 10ab0c16 c367bc8d 30')
    expect(readConnectResponse(two)).to.deep.equal({ status: 0, version: '2.0' })
    expect(readConnectResponse(three)).to.deep.equal({ status: 0, version: '3.0' })
    const source = bytes(authenticator)
    const written = encodeConnectResponse(0, source, '888888', 0x30)
    expect(written.subarray(0, 4).toString('hex')).to.equal('00000000')
    expect(written).to.have.length(three.length)
  })

  const content = Buffer.from('测试gocmpp submit', 'utf16le').swap16()
  const submit = {
    ...{ pkTotal: 1, pkNumber: 1, msgLevel: 1, serviceId: 'test', feeUserType: 2 },
    ...{ feeTerminalId: '13500002696', udhi: false, msgFmt: 8, msgSrc: '900001', feeType: '02' },
    ...{ feeCode: '10', validTime: '151105131555101+', srcId: '900001' },
    ...{ destination: '13500002696', content },
  }
  const submitHex = (phone: number, type: string, tail: number) =>
    [
      zeros(8),
      '01010101',
      ascii('test', 10),
      '02',
      ascii('13500002696', phone) + type,
      '000008',
      ascii('900001', 6) + ascii('02', 2) + ascii('10', 6),
      ascii('151105131555101+', 17) + zeros(17),
      ascii('900001', 21),
      '01',
      ascii('13500002696', phone) + type,
      '1e6d4b8bd50067006f0063006d007000700020007300750062006d00690074',
      zeros(tail),
    ].join('')

  it('SUBMIT of 2.0 and 3.0', () => {
    const two = encodeFrame({ command: 4, sequence: 0x17, body: encodeSubmit(submit, '2.0') })
    expect(two.toString('hex')).to.equal('000000bd0000000400000017' + submitHex(21, '', 8))
    const three = encodeFrame({ command: 4, sequence: 0x17, body: encodeSubmit(submit, '3.0') })
    expect(three.toString('hex')).to.equal('000000e10000000400000017' + submitHex(32, '00', 20))
  })

  it('SUBMIT as the simulator reads it', () => {
    for (const [version, hex] of [
      [0x20, submitHex(21, '', 8)],
      [0x30, submitHex(32, '00', 20)],
    ] as const) {
      const read = decodeSubmit(bytes(hex), version, 'id')
      expect(read).to.include({ destination: '13500002696', srcId: '900001', msgFmt: 8 })
      expect(read!.content.equals(content)).to.equal(true)
    }
  })

  it('SUBMIT_RESP of 2.0 and 3.0', () => {
    const expected = { msgId: 'b2b9da8000010000', result: 0 }
    expect(readSubmitResponse(bytes('b2b9da8000010000 00'))).to.deep.equal(expected)
    expect(readSubmitResponse(bytes('b2b9da8000010000 00000000'))).to.deep.equal(expected)
    const flow = { msgId: 'b2b9da8000010000', result: 8 }
    expect(readSubmitResponse(bytes('b2b9da8000010000 00000008'))).to.deep.equal(flow)
  })

  const mo = {
    msgId: 'b4c5530000010000',
    to: '900001',
    from: '13412340000',
    content: Buffer.from('This is a test MO.'),
  }
  const deliverHex = (phone: number, type: string, tail: number) =>
    'b4c5530000010000' +
    ascii('900001', 21) +
    zeros(10 + 3) +
    ascii('13412340000', phone) +
    type +
    '0012' +
    ascii('This is a test MO.', 18) +
    zeros(tail)

  it('DELIVER and its response', () => {
    for (const [version, hex] of [
      ['2.0', deliverHex(21, '', 8)],
      ['3.0', deliverHex(32, '00', 20)],
    ] as const) {
      const read = readDeliver(bytes(hex), version)!
      expect(read).to.include({ msgId: mo.msgId, destination: '900001', source: '13412340000' })
      expect(read.report).to.equal(undefined)
      expect(readPieces([{ coding: read.msgFmt, bytes: read.content }])).to.equal(
        'This is a test MO.',
      )
      const written = encodeDeliver(mo, version === '3.0' ? 0x30 : 0x20)
      expect(written.toString('hex')).to.equal(hex)
    }
    expect(frameOf(5, 1, encodeDeliver(mo, 0x30)).readUInt32BE(0)).to.equal(0x7f)
    const response = encodeDeliverResponse(mo.msgId, 0, '3.0')
    expect(response.toString('hex')).to.equal('b4c553000001000000000000')
    expect(encodeDeliverResponse(mo.msgId, 9, '2.0').toString('hex')).to.equal('b4c553000001000009')
  })

  it('a report', () => {
    const hex =
      'b4c55300000100004445 4c495652443135 3131313230393535313531313132303935373133343132333430303030' +
      zeros(10) +
      '12345678'
    const written = encodeReport('b4c5530000010000', 'DELIVRD', '13412340000', 0x20, 0x12345678)
    expect(written.toString('hex')).to.equal(bytes(hex).toString('hex'))
  })
})

describe('CMPP packets recorded on live lines', () => {
  it('a one-letter message of 10085 in 2.0', () => {
    const [frame] = new CmppFrameReader().push(
      bytes(
        `000000560000000 50a27a515 7fd913c12d34b9c93130303835 ${zeros(16)} 4d434e32323130313031 000000
         38363138373735363438313431 ${zeros(8)} 00 01 72 ${zeros(8)}`,
      ),
    )
    expect(frame!.command).to.equal(5)
    const read = readDeliver(frame!.body, '2.0')!
    expect(read).to.include({ source: '8618775648141', destination: '10085', udhi: false })
    expect(readPieces([{ coding: read.msgFmt, bytes: read.content }])).to.equal('r')
  })

  it('TP-UDHI set as 0x40, one part of one, UCS-2', () => {
    const text =
      '05000300010167098fc74e0d53bb76847ecf5386ff0c53ea67098d704e0d51fa768481ea5df1ff01603b662f62c55fc38eab8fb94f1a593153bb8c01ff0c53ef621153745fd84e8695eeff0c53c867098c014f1a5bb36015593153bb6211ff1f4eba751fff0c52aa529b4e86300173cd60dc4e86300195ee5fc365e061275c31597dff01'
    const body = bytes(
      `38a40100533e03d3 3130303835 ${zeros(16)} 4d434e32323130313033 004008
       38363138333137333038383333 ${zeros(19)} 00 00 84 ${text} ${zeros(20)}`,
    )
    const read = readDeliver(body, '3.0')!
    expect(read).to.include({ udhi: true, source: '8618317308833' })
    const data = readUserData(read.content)
    expect(data.concatenation).to.include({ total: 1, seq: 1 })
    const shown = readPieces([{ coding: read.msgFmt, bytes: data.body }])
    expect(shown)
      .to.match(/^有过不去的经历/)
      .and.to.match(/就好!$|就好！$/)
  })

  it('Msg_Fmt 245: a WAP bookmark is no text', () => {
    const content =
      '060504c34f000001062d1f2b6170706c69636174696f6e2f782d7761702d70726f762e62726f777365722d626f6f6b6d61726b730081ea00010045c67f0187151103000187171103687474703a2f2f7777772e31303038352e636e2f77656238352f68352f48352e68746d6c0001010100'
    const length = (content.length / 2).toString(16)
    const body = bytes(
      `3341ab414c75dc5f 3130303835 ${zeros(16)} 4d434e32323130313033 0001f5
       38363134373836313930373239 ${zeros(19)} 00 00 ${length} ${content} ${zeros(20)}`,
    )
    const read = readDeliver(body, '3.0')!
    expect(readPieces([{ coding: read.msgFmt, bytes: read.content }])).to.contain('no text')
  })

  it('a picture in one part of one, Msg_Fmt 4', () => {
    const body = bytes(
      `02217aec85cce8c0 91520007 `.replace(/ .*/, '') +
        `${ascii('10085', 21)} ${ascii('MCN2210101', 10)} 000104 ${ascii('8615137823328', 21)} 00 10 0b0003ba01010504158a000008021808 ${zeros(8)}`,
    )
    const read = readDeliver(body, '2.0')!
    const { body: picture } = readUserData(read.content)
    expect(readPieces([{ coding: read.msgFmt, bytes: picture }])).to.contain('no text')
  })

  it('a report with Stat AF:4 in 3.0', () => {
    const body = bytes(
      '522a4980002aa6ce313030383531303100000000000000000000000000636d63637a785f736d730000003133353932323631373931000000000000000000000000000000000000000000000147522a4980002aa6cd41463a3400000030303031303130303030303030313031303030303133353932323631373931000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    )
    expect(readDeliver(body, '3.0')!.report).to.deep.equal({
      msgId: '522a4980002aa6cd',
      stat: 'AF:4',
    })
  })

  it('a report of 3.0 in the short form of 2.0', () => {
    const body = bytes(
      'c2cf84f10ce0003f3130303836393838313030383639383831303038360000000000000000000000000f313837303338313536353531383730333831353635353138373033383135363500013cc2cf8400a37359d844454c495652443232313230353139353632323132303531393536313030383639383800000000000000000000000000000000ff3030303030303030303030303031323334353600',
    )
    expect(readDeliver(body, '3.0')?.report).to.deep.equal({
      msgId: 'c2cf8400a37359d8',
      stat: 'DELIVRD',
    })
  })

  it('a long message whose last part is in another alphabet', () => {
    const pieces = [
      { coding: 8, bytes: bytes('5c0a656c76845ba26237') },
      { coding: 0, bytes: bytes('6162633130303835') },
    ]
    expect(readPieces(pieces)).to.equal('尊敬的客户abc10085')
  })

  it('what became of a message', () => {
    expect(reportState('DELIVRD')).to.deep.equal({ state: 'delivered' })
    expect(reportState('ACCEPTD')).to.deep.equal({ state: 'sent' })
    expect(reportState('EXPIRED')).to.deep.equal({ state: 'expired', code: 'CMPP_EXPIRED' })
    for (const stat of ['UNDELIV', 'REJECTD', 'MK:0001', 'AF:4', ''])
      expect(reportState(stat)).to.deep.equal({ state: 'failed', code: `CMPP_${stat}` })
  })
})
