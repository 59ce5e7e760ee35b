import { expect } from 'chai'
import { TLV } from '../../../../channels/sms/smpp/fields.ts'
import type { IdDialect } from '../../../../channels/sms/smpp/message-ids.ts'
import { MessageIds } from '../../../../channels/sms/smpp/message-ids.ts'
import { readReceipt } from '../../../../channels/sms/smpp/receipt.ts'
import { SmppRig, TOURIST } from './rig.ts'

const read = (text: string, tlvs: [number, Buffer][] = [], esmClass = 4) =>
  readReceipt({ body: { content: Buffer.from(text), esmClass } as never, tlvs: new Map(tlvs) })

describe('the text of a receipt', () => {
  const forms: [string, object | string][] = [
    [
      'id:0123456789 sub:001 dlvrd:001 submit date:2611220400 done date:2611220401 stat:DELIVRD err:000 Text:您好',
      { ids: ['0123456789'], state: 'delivered' },
    ],
    ['ID:abc-1 STAT:delivrd ERR:0', { ids: ['abc-1'], state: 'delivered' }],
    ['id: 77 stat: UNDELIV err: 034', { ids: ['77'], state: 'failed', code: 'UNDELIV 034' }],
    ['id:77 stat:EXPIRED', { ids: ['77'], state: 'expired', code: 'EXPIRED' }],
    ['id:77 stat:REJECTED err:10', { ids: ['77'], state: 'failed', code: 'REJECTED 10' }],
    ['id:77 stat:ACCEPTD', { ids: ['77'], state: 'sent' }],
    ['id:77 stat:SOMETHING', { ids: ['77'], state: 'sent' }],
    ['hello', 'unreadable'],
    ['id:77', 'unreadable'],
    ['', 'unreadable'],
  ]
  for (const [text, expected] of forms)
    it(text || '(nothing)', () => expect(read(text)).to.deep.equal(expected))

  it('parameters come before it', () => {
    const tlvs: [number, Buffer][] = [
      [TLV.receiptedMessageId, Buffer.from('4d2\0')],
      [TLV.messageState, Buffer.of(5)],
    ]
    expect(read('id:1234 stat:DELIVRD err:001', tlvs)).to.deep.equal({
      ...{ ids: ['4d2', '1234'], state: 'failed', code: 'UNDELIV 001' },
    })
    // some centres forget to mark it
    expect(read('', tlvs, 0)).to.include({ state: 'failed' })
  })

  it('what is no receipt is none, whatever it says', () => {
    expect(read('id:1 stat:DELIVRD', [], 0)).to.equal(undefined)
  })
})

const TO = '+8613800138000'
const NUMBERS = ['8613800138000', '12301']

describe('the same message by two names', () => {
  const learning = (known?: IdDialect) => {
    const learned: IdDialect[] = []
    return {
      learned,
      ids: new MessageIds({ ...(known && { known }), onLearned: (one) => learned.push(one) }),
    }
  }
  const cases: [string, string, string, IdDialect][] = [
    ['the same', 'ab12cd34', 'ab12cd34', 'same'],
    ['in another case, with zeros', '00AB12CD34', 'ab12cd34', 'same'],
    ['hex in the answer, decimal in the receipt', 'beef0001', '3203334145', 'decimalToHex'],
    ['decimal in the answer, hex in the receipt', '3203334145', 'BEEF0001', 'hexToDecimal'],
  ]
  for (const [name, answer, receipt, dialect] of cases)
    it(name, async () => {
      const { ids, learned } = learning()
      const told = ids.took(answer, TO, [], 0)
      expect(await ids.meant([receipt], NUMBERS)).to.deep.equal([told])
      expect(learned).to.deep.equal([dialect])
    })

  it('what was learned serves after a restart', async () => {
    const { ids } = learning()
    ids.know('decimalToHex')
    expect(await ids.meant(['3203334145'], NUMBERS)).to.deep.equal(['beef0001'])
  })

  it('small ids are told apart by the number they went to', async () => {
    const { ids } = learning()
    // the centre counts in hex and reports in decimal: '16' is message '10', and not message '16'
    ids.took('10', '+8613800138000', [], 0)
    ids.took('16', '+8613900139000', [], 0)
    expect(await ids.meant(['16'], NUMBERS)).to.deep.equal(['10'])
    expect(await ids.meant(['22'], ['8613900139000', '12301'])).to.deep.equal(['16'])
  })

  it('nothing is learned from what fits more than one way', async () => {
    const { ids, learned } = learning()
    ids.took('10', TO, [], 0)
    ids.took('16', TO, [], 0)
    await ids.meant(['16'], NUMBERS)
    expect(learned).to.deep.equal([])
  })

  it('nothing known: a long id is tried all ways, a short one only as it is', async () => {
    const { ids } = learning()
    expect(await ids.meant(['3203334145'], NUMBERS)).to.have.members([
      ...['3203334145', 'beef0001', '214802055493'],
    ])
    expect(await ids.meant(['16'], NUMBERS)).to.deep.equal(['16'])
    expect(await ids.meant(['not-a-number'], NUMBERS)).to.deep.equal(['not-a-number'])
  })

  it('a message of several segments has arrived with the last of them', () => {
    const { ids } = learning()
    const first = ids.took('a1', TO, [], 2)
    expect(ids.completes(first, true)).to.equal(false)
    const second = ids.took('a2', TO, [first], 1)
    const third = ids.took('a3', TO, [first, second], 0)
    expect(ids.completes(third, true)).to.equal(false)
    expect(ids.completes(second, true)).to.equal(true)
  })

  it('and has failed with the first that did, once', () => {
    const { ids } = learning()
    const first = ids.took('a1', TO, [], 1)
    const second = ids.took('a2', TO, [first], 0)
    expect(ids.completes(first, false)).to.equal(true)
    expect(ids.completes(second, false)).to.equal(false)
    expect(ids.completes(second, true)).to.equal(false)
  })
})

describe('receipts over a connection', () => {
  let rig: SmppRig
  afterEach(() => rig.close())
  const hex = (count: number) => (0xbeef0000 + count).toString(16).toUpperCase()
  const decimal = (count: number) => String(0xbeef0000 + count)

  it('in decimal, of ids answered in hex, without parameters; learned for the next start', async () => {
    rig = await SmppRig.open({ answerIds: hex, receiptIds: decimal, receiptTlv: false })
    const result = await rig.send('你好')
    await rig.events.until(() => rig.events.reports.length > 0)
    expect(result).to.deep.include({ providerIds: ['beef0001'] })
    expect(rig.events.reports).to.deep.equal([{ providerId: 'beef0001', state: 'delivered' }])
    expect(rig.events.documents.get('dialect')).to.equal('"decimalToHex"')
  })

  it('that overtake the answer to the text they are of', async () => {
    rig = await SmppRig.open({
      ...{ answerIds: hex, receiptIds: decimal, receiptTlv: false, receiptFirst: true },
    })
    await rig.send('你好')
    await rig.events.until(() => rig.events.reports.length > 0)
    expect(rig.events.reports).to.deep.equal([{ providerId: 'beef0001', state: 'delivered' }])
  })

  it('of a telephone that is off for good', async () => {
    rig = await SmppRig.open({ stat: 'UNDELIV' })
    await rig.send('你好'.repeat(50))
    await rig.events.until(() => rig.events.reports.length > 0)
    await rig.centre.say(TOURIST, '12301', 'x')
    expect(rig.events.reports).to.deep.equal([
      { providerId: '1', state: 'failed', code: 'UNDELIV 000' },
    ])
  })

  it('that could not be stored come again', async () => {
    rig = await SmppRig.open({ againMs: 20 })
    rig.events.storeDown = true
    await rig.send('你好')
    await rig.events.until(() => rig.events.errors.length > 0)
    rig.events.storeDown = false
    await rig.events.until(() => rig.events.reports.length > 0)
    expect(rig.events.reports).to.deep.equal([{ providerId: '1', state: 'delivered' }])
  })

  it('nobody can read are acknowledged and told to the operator', async () => {
    rig = await SmppRig.open()
    const content = Buffer.from('something else')
    expect(await rig.centre.deliver({ from: TOURIST, to: '12301', content, esmClass: 4 })).to.equal(
      0,
    )
    expect(rig.events.health).to.include('warning UNREADABLE_RECEIPT')
    expect(rig.events.messages).to.deep.equal([])
  })
})
