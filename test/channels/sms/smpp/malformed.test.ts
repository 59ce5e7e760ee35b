import { once } from 'node:events'
import { expect } from 'chai'
import { commandIds } from '../../../../channels/sms/smpp/fields.ts'
import { SmppRig, TOURIST } from './rig.ts'

const header = (length: number, id: number, sequence = 77) => {
  const octets = Buffer.alloc(16)
  octets.writeUInt32BE(length, 0)
  octets.writeUInt32BE(id, 4)
  octets.writeUInt32BE(sequence, 12)
  return octets
}
const deliver = (hex: string) => {
  const body = Buffer.from(hex.replace(/\s/g, ''), 'hex')
  return Buffer.concat([header(16 + body.length, commandIds.deliver_sm), body])
}

/** Lengths after which nobody knows where the next PDU begins: one library of the field stays deaf for ever. */
const lost: Record<string, Buffer> = {
  'a length of 0': header(0, commandIds.enquire_link),
  'a length of 4': header(4, commandIds.enquire_link),
  'a length of 15': header(15, commandIds.enquire_link),
  'a length of 2 GB': header(0x7fffffff, commandIds.deliver_sm),
}

/** Sound frames with something else in them: the session goes on. */
const odd: Record<string, [Buffer, string]> = {
  'a command nobody knows': [header(16, 0x7777), '80000000 00000003'],
  'a deliver_sm without a body': [header(16, commandIds.deliver_sm), '80000005 00000002'],
  'strings without an end': [deliver('61626364'), '80000005 00000002'],
  'content longer than the PDU': [
    deliver('00 00 00 3100 00 00 3200 00 00 00 00 00 00 00 00 00 c8 41 42'),
    '80000005 00000002',
  ],
  'a parameter longer than the PDU': [
    deliver('00 00 00 3100 00 00 3200 00 00 00 00 00 00 00 00 00 00 0424 ffff'),
    '80000005 00000002',
  ],
  'a submit_sm to us': [
    Buffer.concat([
      header(36, commandIds.submit_sm),
      Buffer.from('000000310000003200000000000000000000014100'.slice(0, 40), 'hex'),
    ]),
    '80000000 00000004',
  ],
}

describe('what no centre should send', () => {
  let rig: SmppRig
  afterEach(() => rig.close())

  for (const [name, octets] of Object.entries(lost))
    it(`${name}: a new session, and texts go both ways again`, async () => {
      rig = await SmppRig.open()
      const gone = once(rig.centre, 'gone')
      rig.centre.write(octets)
      await gone
      await rig.events.until(
        () => rig.events.health.at(-1) === 'ok' && rig.events.health.length > 2,
      )
      await rig.centre.say(TOURIST, '12301', '还在吗?')
      expect(await rig.send('在。')).to.include({ ok: true })
      expect(rig.events.messages.map(({ text }) => text)).to.deep.equal(['还在吗?'])
      expect(rig.centre.binds).to.deep.equal([0, 0])
    })

  for (const [name, [octets, answer]] of Object.entries(odd))
    it(`${name}: refused, and the same session goes on`, async () => {
      rig = await SmppRig.open()
      const refused = new Promise<string>((resolve) =>
        rig.centre.on('pdu', (pdu) => {
          if (pdu.readUInt32BE(12) === 77) resolve(pdu.subarray(4, 12).toString('hex'))
        }),
      )
      rig.centre.write(octets)
      expect(await refused).to.equal(answer.replace(' ', ''))
      await rig.centre.say(TOURIST, '12301', '还在吗?')
      expect(await rig.send('在。')).to.include({ ok: true })
      expect(rig.centre.binds).to.deep.equal([0])
    })

  it('answers to questions nobody asked, and a generic_nack, harm nobody', async () => {
    rig = await SmppRig.open()
    rig.centre.write(
      Buffer.concat([
        header(16, commandIds.submit_sm_resp, 9999),
        header(16, commandIds.generic_nack, 0),
        header(16, commandIds.enquire_link, 5),
      ]),
    )
    expect(await rig.send('在。')).to.include({ ok: true })
    expect(rig.centre.binds).to.deep.equal([0])
  })

  it('its own goodbye is answered, and we come back', async () => {
    rig = await SmppRig.open()
    const gone = once(rig.centre, 'gone')
    const answered = new Promise<void>((resolve) =>
      rig.centre.on('pdu', (pdu) => {
        if (pdu.readUInt32BE(4) === commandIds.unbind_resp) resolve()
      }),
    )
    rig.centre.write(header(16, commandIds.unbind))
    await answered
    await gone
    await rig.events.until(() => rig.events.health.length > 2)
    expect(rig.centre.binds).to.deep.equal([0, 0])
  })
})
