import { expect } from 'chai'
import fc from 'fast-check'
import {
  destinationAddress,
  phoneOf,
  sourceAddress,
} from '../../../../channels/sms/smpp/address.ts'
import { ConcatRefs } from '../../../../channels/sms/smpp/concat-refs.ts'
import { readText, writeSeptets, writeUcs2 } from '../../../../channels/sms/smpp/data-coding.ts'
import { TLV } from '../../../../channels/sms/smpp/fields.ts'
import type { WritingOptions } from '../../../../channels/sms/smpp/outgoing.ts'
import { writeSubmits } from '../../../../channels/sms/smpp/outgoing.ts'
import { readUserData } from '../../../../channels/sms/udh.ts'

const options: WritingOptions = {
  source: sourceAddress('12301'),
  destination: destinationAddress('+8613800138000', 'international')!,
  ...{ serviceType: '', alphabet: 'gsm7', long: 'udh', ref: 42, receipts: true, validMinutes: 0 },
}
const write = (text: string, more: Partial<WritingOptions> = {}) =>
  writeSubmits(text, { ...options, ...more })
const LONG = '故宫几点开门?'.repeat(12)

describe('a text as submit_sm', () => {
  it('in the default alphabet, one octet for each septet', () => {
    const [only, ...more] = write('Wall {open} @5€')
    expect(more).to.deep.equal([])
    expect(only!.body).to.deep.include({ dataCoding: 0, esmClass: 0, registeredDelivery: 1 })
    expect(only!.body.content.toString('hex')).to.equal('57616c6c201b286f70656e1b292000351b65')
  })

  it('in Chinese, as parts with an 8-bit reference', () => {
    const parts = write(LONG)
    expect(parts.map(({ body }) => body.content.subarray(0, 6).toString('hex'))).to.deep.equal([
      '0500032a0201',
      '0500032a0202',
    ])
    expect(parts.every(({ body }) => body.esmClass === 0x40 && body.dataCoding === 8)).to.equal(
      true,
    )
    for (const { body } of parts) expect(body.content.length).to.be.at.most(140)
  })

  it('as parts with a 16-bit reference', () => {
    const [first] = write(LONG, { long: 'udh16', ref: 0x1234 })
    expect(first!.body.content.subarray(0, 7).toString('hex')).to.equal('06080412340201')
  })

  it('as parts with parameters', () => {
    const parts = write(LONG, { long: 'sar', ref: 0x1234 })
    expect(
      parts.map(({ tlvs }) => [...tlvs].map(([tag, value]) => [tag, value.toString('hex')])),
    ).to.deep.equal(
      ['01', '02'].map((seq) => [
        [TLV.sarRef, '1234'],
        [TLV.sarTotal, '02'],
        [TLV.sarSeq, seq],
      ]),
    )
    expect(parts.every(({ body }) => body.esmClass === 0)).to.equal(true)
  })

  it('whole in message_payload, and a short one in its place', () => {
    const [long, ...more] = write(LONG, { long: 'payload' })
    expect(more).to.deep.equal([])
    expect(long!.body.content).to.have.length(0)
    expect(long!.tlvs.get(TLV.messagePayload)).to.deep.equal(writeUcs2(LONG))
    const [short] = write('你好', { long: 'payload' })
    expect(short!.tlvs.size).to.equal(0)
    expect(write('中'.repeat(71), { long: 'payload' })[0]!.tlvs.size).to.equal(1)
  })

  it('for a centre that reads Latin-1; what only the septets have goes as UCS-2', () => {
    expect(write('@ é', { alphabet: 'latin1' })[0]!.body.content.toString('hex')).to.equal('4020e9')
    const [euro] = write('€5', { alphabet: 'latin1' })
    expect(euro!.body).to.deep.include({ dataCoding: 8, content: writeUcs2('€5') })
    const parts = write('€'.repeat(100), { alphabet: 'latin1' })
    for (const { body } of parts) expect(body.content.length).to.be.at.most(140)
  })

  it('with a time after which the centre gives up', () => {
    expect(write('a', { validMinutes: 26 * 60 + 5 })[0]!.body.validityPeriod).to.equal(
      '000001020500000R',
    )
  })

  it('any text in any style is put together again', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab1{€é 中游。😀'),
      minLength: 1,
      maxLength: 500,
    })
    const styles = fc.constantFrom<WritingOptions['long']>('udh', 'udh16', 'sar', 'payload')
    fc.assert(
      fc.property(text, styles, fc.constantFrom('gsm7', 'latin1'), (words, long, alphabet) => {
        const parts = write(words, { long, alphabet }).map(({ body, tlvs }) => ({
          coding: body.dataCoding,
          octets:
            tlvs.get(TLV.messagePayload) ??
            (body.esmClass & 0x40 ? readUserData(body.content).body : body.content),
        }))
        const whole = Buffer.concat(parts.map(({ octets }) => octets))
        expect(readText(whole, parts[0]!.coding, alphabet)).to.equal(words)
      }),
      { numRuns: 300, seed: 8 },
    )
  })
})

describe('alphabets of short messages', () => {
  const read = (hex: string, coding: number) => readText(Buffer.from(hex, 'hex'), coding, 'gsm7')
  it('by data_coding', () => {
    expect(read('00', 0)).to.equal('@')
    expect(readText(Buffer.from('40', 'hex'), 0, 'latin1')).to.equal('@')
    expect(read('40e9', 3)).to.equal('@é')
    expect(read('6545', 8)).to.equal('故')
    expect(read('c7', 6)).to.equal('Ч')
    expect(read('82a0', 5)).to.equal('あ')
    expect(read('b0a1', 14)).to.equal('가')
  })
  it('of flash messages, and data that is no text', () => {
    expect(read('00', 0xf0)).to.equal('@')
    expect(read('6545', 0x18)).to.equal('故')
    for (const coding of [2, 4, 0xf5, 0x14]) expect(read('0011', coding)).to.equal(undefined)
  })
  it('half a character at the end, and nothing at all', () => {
    expect(read('65', 8)).to.be.a('string')
    expect(read('', 8)).to.equal('')
    expect(writeSeptets('€')).to.deep.equal(Buffer.of(0x1b, 0x65))
  })
})

describe('numbers as SMPP writes them', () => {
  it('theirs, in three styles', () => {
    const to = '+8613800138000'
    expect(destinationAddress(to, 'international')).to.deep.equal({
      ton: 1,
      npi: 1,
      digits: '8613800138000',
    })
    expect(destinationAddress(to, 'plus')).to.deep.equal({ ton: 1, npi: 1, digits: to })
    expect(destinationAddress(to, 'national')).to.deep.equal({
      ton: 2,
      npi: 1,
      digits: '13800138000',
    })
    expect(destinationAddress('+85291234567', 'national')).to.include({ digits: '85291234567' })
    expect(destinationAddress('12301', 'international')).to.deep.equal({
      ton: 0,
      npi: 1,
      digits: '12301',
    })
    expect(destinationAddress('hotline', 'international')).to.equal(undefined)
  })
  it('ours: a service number, an international one, a name', () => {
    expect(sourceAddress('12301')).to.deep.equal({ ton: 3, npi: 1, digits: '12301' })
    expect(sourceAddress('106912345678')).to.include({ ton: 0 })
    expect(sourceAddress('+85291234567')).to.deep.equal({ ton: 1, npi: 1, digits: '85291234567' })
    expect(sourceAddress('YILU')).to.deep.equal({ ton: 5, npi: 0, digits: 'YILU' })
  })
  it('who wrote, however the carrier writes it', () => {
    for (const [ton, digits] of [
      [1, '8613800138000'],
      [1, '+8613800138000'],
      [0, '8613800138000'],
      [2, '13800138000'],
      [0, '008613800138000'],
    ] as const)
      expect(phoneOf({ ton, digits }), digits).to.equal('+8613800138000')
    expect(phoneOf({ ton: 1, digits: '85291234567' })).to.equal('+85291234567')
    expect(phoneOf({ ton: 3, digits: '10086' })).to.equal('10086')
    expect(phoneOf({ ton: 5, digits: 'VODAFONE' })).to.equal('VODAFONE')
  })
})

describe('reference numbers of long texts', () => {
  it('are the same at each attempt, also after a restart', () => {
    const before = new ConcatRefs().refFor('+1', 'm1', false)
    expect(new ConcatRefs().refFor('+1', 'm1', false)).to.equal(before)
  })
  it('differ from those of the texts just before to the same number', () => {
    const refs = new ConcatRefs()
    const last: number[] = []
    for (let at = 0; at < 2_000; at++) {
      const ref = refs.refFor('+1', `m${at}`, false)
      expect(ref).to.be.within(1, 255)
      expect(last.slice(-8)).to.not.include(ref)
      expect(refs.refFor('+1', `m${at}`, false)).to.equal(ref)
      last.push(ref)
    }
  })
})
