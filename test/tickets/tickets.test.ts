import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import type { TicketStatus } from '../../gateway/domain/ticket.ts'
import {
  mayBecome,
  normaliseSerial,
  serialNumber,
  ticketStatuses,
} from '../../gateway/domain/ticket.ts'
import { SerialCounterModel, TicketKindModel, TicketModel } from '../../gateway/tickets/model.ts'
import type { NewTicket } from '../../gateway/tickets/tickets.ts'
import { Tickets } from '../../gateway/tickets/tickets.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('tickets', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  /** 23:59:59 in Shanghai */
  let nowMs = Date.UTC(2026, 10, 21, 15, 59, 59)
  const bus = createBus((_topic, error) => {
    throw error
  })
  const nodes = [0, 1].map(() => new Tickets({ bus, now: () => nowMs, timezone: 'Asia/Shanghai' }))
  const tickets = nodes[0]!
  const by = { kind: 'agent' as const, id: 'lin', name: 'Lin' }

  before(async () => {
    store = await openTemporaryStore()
    await TicketKindModel.create({
      _id: 'complaint',
      name: { zh: '投诉', en: 'Complaint' },
      prefix: 'C',
      dueHours: 24,
      department: 'market',
      fields: [],
    })
  })
  after(() => store.close())
  beforeEach(() => Promise.all([TicketModel.deleteMany({}), SerialCounterModel.deleteMany({})]))

  const request = (key: string, more: Partial<NewTicket> = {}): NewTicket => ({
    kind: 'complaint',
    key,
    contactId: 'contact-1',
    channel: 'webchat',
    title: '强迫购物',
    fields: {},
    by,
    ...more,
  })
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )

  it('50 registered at once, on two nodes, have 50 numbers in a row', async () => {
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, index) => nodes[index % 2]!.create(request(`key-${index}`))),
    )
    const serials = made.map(({ serial }) => serial).sort()
    expect(serials).to.deep.equal(
      Array.from({ length: 50 }, (_, i) => `C20261121-${String(i + 1).padStart(4, '0')}`),
    )
  })

  it('the same key is the same ticket, however often and wherever it is asked for', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) => nodes[index % 2]!.create(request('once'))),
    )
    expect(new Set(made.map(({ serial }) => serial)).size).to.equal(1)
    expect(await TicketModel.countDocuments()).to.equal(1)
    expect(await tickets.create(request('once', { title: 'other' }))).to.include({
      title: '强迫购物',
    })
  })

  it('the count begins again with the local day, not the one of Greenwich', async () => {
    expect((await tickets.create(request('a'))).serial).to.equal('C20261121-0001')
    nowMs += 1000
    expect((await tickets.create(request('b'))).serial).to.equal('C20261122-0001')
    nowMs -= 1000
  })

  it('a kind brings letter, department and clock; an unknown one has defaults', async () => {
    const known = await tickets.create(request('known'))
    expect(known).to.include({ department: 'market', status: 'open' })
    expect(known.dueAt!.getTime() - nowMs).to.equal(24 * 3_600_000)
    const unknown = await tickets.create(request('unknown', { kind: 'lost-dog' }))
    expect(unknown.serial).to.equal('T20261121-0001')
    expect(unknown.dueAt!.getTime() - nowMs).to.equal(72 * 3_600_000)
  })

  it('is found however its number is typed', async () => {
    const { _id, serial } = await tickets.create(request('typed'))
    expect(serial).to.equal('C20261121-0001')
    const typed = [
      'C20261121-0001',
      'c20261121-0001',
      ' C 2026 1121 0001 ',
      'C202611210001',
      'Ｃ２０２６１１２１－０００１',
      'c20261121—0001。',
      'C20261121–0001',
      '编号C20261121-0001',
      _id,
    ]
    for (const each of typed) expect((await tickets.find(each))?._id, each).to.equal(_id)
    for (const each of ['', 'C', '0001', 'C20261121-0002', 'D20261121-0001', '$ne', '.*'])
      expect(await tickets.find(each), each).to.equal(undefined)
  })

  it('the ten-thousandth of a day has five digits and is found too', () => {
    expect(serialNumber('C', '2026-11-21', 10_000)).to.equal('C20261121-10000')
    expect(normaliseSerial('c2026112110000')).to.equal('C20261121-10000')
  })

  it('its status goes only where the table allows', async () => {
    const legal: Record<TicketStatus, TicketStatus[]> = {
      open: ['assigned', 'processing', 'resolved', 'closed'],
      assigned: ['open', 'processing', 'resolved', 'closed'],
      processing: ['assigned', 'resolved', 'closed'],
      resolved: ['processing', 'closed'],
      closed: ['processing'],
    }
    for (const from of ticketStatuses)
      for (const to of ticketStatuses)
        expect(mayBecome(from, to), `${from} → ${to}`).to.equal(
          from === to || legal[from].includes(to),
        )
    const { _id } = await tickets.create(request('moves'))
    await tickets.update(_id, { version: 1, status: 'closed' }, by)
    expect(await codeOf(tickets.update(_id, { version: 2, status: 'open' }, by))).to.equal(
      'WRONG_STATE',
    )
    const reopened = await tickets.update(
      _id,
      { version: 2, status: 'processing', note: 'new facts' },
      by,
    )
    expect(reopened.log.map(({ status }) => status)).to.deep.equal(['open', 'closed', 'processing'])
    expect(reopened.log.at(-1)).to.include({ note: 'new facts' })
  })

  it('of two changes at once, one is refused and nothing of it is kept', async () => {
    const { _id } = await tickets.create(request('race'))
    const outcomes = await Promise.all(
      nodes.map((node, index) =>
        codeOf(node.update(_id, { version: 1, reply: `reply ${index}` }, by)),
      ),
    )
    expect(outcomes.sort()).to.deep.equal(['CONFLICT', 'done'])
    const after = (await tickets.find(_id))!
    expect(after.version).to.equal(2)
    expect(after.log.filter(({ reply }) => reply)).to.have.length(1)
    expect(await codeOf(tickets.update(_id, { version: 1, title: 'x' }, by))).to.equal('CONFLICT')
    expect(await codeOf(tickets.update('no-such', { version: 1 }, by))).to.equal('NOT_FOUND')
  })

  it('an assignee comes and goes; a change without words leaves no line in the log', async () => {
    const { _id } = await tickets.create(request('assignee'))
    expect(await tickets.update(_id, { version: 1, assigneeId: 'lin' }, by)).to.include({
      assigneeId: 'lin',
    })
    const freed = await tickets.update(_id, { version: 2, assigneeId: null, title: 'new' }, by)
    expect(freed.assigneeId).to.equal(undefined)
    expect(freed.title).to.equal('new')
    expect(freed.log).to.have.length(1)
  })

  it('a further word of the contact is added once, however often the turn is repeated', async () => {
    const { serial } = await tickets.create(request('more'))
    const contact = { kind: 'contact' as const, id: 'contact', name: '' }
    await Promise.all([1, 2, 3].map(() => tickets.append(serial, '发票也没给', 'turn-7', contact)))
    const after = await tickets.append(serial, '还有照片', 'turn-9', contact)
    expect(after!.log.map(({ note }) => note)).to.deep.equal([undefined, '发票也没给', '还有照片'])
    expect(await tickets.append('C20261121-9999', 'x', 'turn-1', contact)).to.equal(undefined)
  })
})
