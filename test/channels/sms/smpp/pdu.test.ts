import { expect } from 'chai'
import fc from 'fast-check'
import { commandIds, TLV } from '../../../../channels/sms/smpp/fields.ts'
import type { Command } from '../../../../channels/sms/smpp/fields.ts'
import { FramingLost, MAX_PDU_OCTETS, PduFramer } from '../../../../channels/sms/smpp/framing.ts'
import { readIncoming } from '../../../../channels/sms/smpp/incoming.ts'
import type { AnyPdu, Pdu } from '../../../../channels/sms/smpp/pdu.ts'
import { decodePdu, encodePdu, MalformedPdu } from '../../../../channels/sms/smpp/pdu.ts'
import { recorded } from './recorded-pdus.ts'

const octetsOf = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex')
const decode = (hex: string) => decodePdu(octetsOf(hex)) as AnyPdu
const header = (length: number, id: number, status = 0, sequence = 1) => {
  const octets = Buffer.alloc(16)
  for (const [at, value] of [length, id, status, sequence].entries())
    octets.writeUInt32BE(value, at * 4)
  return octets
}

describe('PDUs of SMPP', () => {
  for (const { by, command, hex } of recorded)
    it(`a ${command} of ${by}'s, ${hex.length / 2} octets, is read and written back octet by octet`, () => {
      const pdu = decode(hex)
      expect(pdu.command).to.equal(command)
      expect(encodePdu(pdu as Pdu).toString('hex')).to.equal(hex)
    })

  it('a submit_sm of Kannel’s, field by field', () => {
    const { body } = decode(
      recorded.find((each) => each.command === 'submit_sm')!.hex,
    ) as Pdu<'submit_sm'>
    expect(body).to.deep.include({ source: '8613800138000', destination: '12301', esmClass: 3 })
    expect(body.content.toString('latin1')).to.equal('Wall? \x1b<now\x1b> \x005')
  })

  it('a receipt of Net::SMPP’s', () => {
    const receipt = recorded
      .map(({ hex }) => decode(hex))
      .find((pdu) => pdu.tlvs.has(TLV.messageState))
    expect(readIncoming(receipt as Pdu<'deliver_sm'>)).to.deep.equal({
      kind: 'receipt',
      receipt: { ids: ['beef0002', '3203334146'], state: 'delivered' },
      numbers: ['8613800138000', '12301'],
    })
  })

  it('a refusal without a body, and an id without its end', () => {
    expect(decodePdu(header(16, commandIds.bind_transceiver_resp, 0x0d))).to.deep.include({
      ...{ status: 0x0d, body: { systemId: '' } },
    })
    const resp = Buffer.concat([header(18, commandIds.submit_sm_resp), Buffer.from('37')])
    expect(decodePdu(resp)).to.deep.include({ body: { messageId: '37' } })
  })

  it('padding behind the last parameter is none', () => {
    const pdu = Buffer.concat([header(20, commandIds.deliver_sm_resp), Buffer.alloc(4)])
    expect(decodePdu(pdu)!.body).to.deep.equal({ messageId: '' })
  })

  it('a command nobody knows is none of ours', () => {
    expect(decodePdu(header(16, 0x7777))).to.equal(undefined)
  })

  const broken: Record<string, Buffer> = {
    'no body': header(16, commandIds.deliver_sm),
    'strings without an end': Buffer.concat([
      header(20, commandIds.deliver_sm),
      Buffer.from('abcd'),
    ]),
    'content longer than itself': Buffer.concat([
      header(36, commandIds.deliver_sm),
      octetsOf('00 00 00 3100 00 00 3200 00 00 00 00 00 00 00 00 00 c8 41 42'),
    ]),
    'a parameter longer than the rest': Buffer.concat([
      header(37, commandIds.deliver_sm),
      octetsOf('00 00 00 3100 00 00 3200 00 00 00 00 00 00 00 00 00 00 0424 ffff'),
    ]),
  }
  for (const [name, octets] of Object.entries(broken))
    it(`${name}: malformed, and said so`, () => {
      octets.writeUInt32BE(octets.length, 0)
      expect(() => decodePdu(octets)).to.throw(MalformedPdu)
    })

  it('what does not fit its field is not written', () => {
    const bind = { systemId: 'x'.repeat(16), password: '', systemType: '', interfaceVersion: 0x34 }
    const body = { ...bind, addressTon: 0, addressNpi: 0, addressRange: '' }
    const write = (fields: object) =>
      encodePdu({
        ...{ command: 'bind_transceiver', status: 0, sequence: 1, tlvs: new Map() },
        body: { ...body, ...fields } as never,
      })
    expect(() => write({})).to.throw(RangeError)
    expect(() => write({ systemId: 'a\0b' })).to.throw(RangeError)
    expect(() => write({ systemId: 'yilu' })).to.not.throw()
  })

  it('whatever octets come: read, or told malformed, and never more than there are', () => {
    const ids = [...Object.values(commandIds), 0x7777]
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.uint8Array({ maxLength: 300 }),
        (commandId, bytes) => {
          const octets = Buffer.concat([header(16 + bytes.length, commandId), Buffer.from(bytes)])
          try {
            const pdu = decodePdu(octets)
            if (pdu?.command === 'deliver_sm') readIncoming(pdu as Pdu<'deliver_sm'>)
          } catch (error) {
            expect(error).to.be.instanceOf(MalformedPdu)
          }
        },
      ),
      { numRuns: 5_000, seed: 34 },
    )
  })

  it('recorded PDUs with any octet changed are read, or told malformed', () => {
    const delivers = recorded.filter(({ hex }) => hex.length > 40)
    fc.assert(
      fc.property(
        fc.constantFrom(...delivers),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        ({ hex }, changes) => {
          const octets = octetsOf(hex)
          for (const [at, value] of changes) octets[16 + (at % (octets.length - 16))] = value
          try {
            const pdu = decodePdu(octets) as AnyPdu
            if (pdu.command === 'deliver_sm') readIncoming(pdu as Pdu<'deliver_sm'>)
          } catch (error) {
            expect(error).to.be.instanceOf(MalformedPdu)
          }
        },
      ),
      { numRuns: 5_000, seed: 16 },
    )
  })

  it('what is written is read back, all commands', () => {
    const text = (most: number) =>
      fc.string({ unit: fc.constantFrom(...'aZ09 +#é'), maxLength: most - 1 })
    const submit = fc.record({
      ...{
        serviceType: text(6),
        source: text(21),
        destination: text(21),
        content: fc.uint8Array({ maxLength: 254 }),
      },
      ...{ esmClass: fc.nat(255), dataCoding: fc.nat(255), registeredDelivery: fc.nat(255) },
    })
    fc.assert(
      fc.property(submit, fc.constantFrom('submit_sm', 'deliver_sm'), (fields, command) => {
        const rest = {
          ...{ sourceTon: 1, sourceNpi: 1, destinationTon: 1, destinationNpi: 1, protocolId: 0 },
          ...{
            priority: 0,
            scheduleTime: '',
            validityPeriod: '',
            replaceIfPresent: 0,
            defaultMessageId: 0,
          },
        }
        const body = { ...fields, ...rest, content: Buffer.from(fields.content) }
        const tlvs = new Map([[TLV.sarRef, Buffer.of(1, 2)]])
        const pdu = { command: command as Command, status: 0, sequence: 9, body, tlvs } as Pdu
        expect(decodePdu(encodePdu(pdu))).to.deep.equal(pdu)
      }),
      { numRuns: 300, seed: 5 },
    )
  })
})

describe('a connection cut into PDUs', () => {
  const pdus = recorded.map(({ hex }) => octetsOf(hex))
  const stream = Buffer.concat(pdus)

  it('however the octets come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1 }), (sizes) => {
        const framer = new PduFramer()
        const cut: Buffer[] = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length]!
          cut.push(...framer.push(stream.subarray(at, at + size)).map((pdu) => Buffer.from(pdu)))
          at += size
        }
        expect(cut).to.deep.equal(pdus)
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  for (const length of [0, 4, 15, MAX_PDU_OCTETS + 1, 0xffffffff])
    it(`a length of ${length} is the end of the connection`, () => {
      const framer = new PduFramer()
      expect(framer.push(pdus[0]!)).to.have.length(1)
      expect(() => framer.push(header(length, 0x15))).to.throw(FramingLost)
    })

  it('garbage is told at once, or waits for less than the longest PDU', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 2_000 }), (bytes) => {
        try {
          const framer = new PduFramer()
          const cut = framer.push(Buffer.from(bytes))
          for (const pdu of cut) expect(pdu.length).to.equal(pdu.readUInt32BE(0))
        } catch (error) {
          expect(error).to.be.instanceOf(FramingLost)
        }
      }),
      { numRuns: 2_000, seed: 11 },
    )
  })
})
