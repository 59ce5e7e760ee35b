import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { expect } from 'chai'
import { LossyRelay } from './lossy-relay.ts'
import type { LossyRelayOptions, RelayCounts } from './lossy-relay.ts'

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

describe('a relay that loses, doubles and reorders', () => {
  let caller: Socket
  let callee: Socket
  let relay: LossyRelay
  /** numbers as they arrived at the callee */
  let arrived: number[]

  beforeEach(async () => {
    arrived = []
    caller = await openSocket()
    callee = await openSocket()
    callee.on('message', (data, from) => {
      arrived.push(data.readUInt16BE())
      callee.send(data, from.port, from.address)
    })
  })
  afterEach(async () => {
    await relay.close()
    caller.close()
    callee.close()
  })

  /** Sends numbers one after the other, each when the relay has seen the one before it. */
  async function send(
    count: number,
    options: Omit<LossyRelayOptions, 'target'>,
  ): Promise<RelayCounts> {
    relay = await LossyRelay.open({ ...options, target: { port: callee.address().port } })
    for (let number = 0; number < count; number++) {
      const data = Buffer.alloc(2)
      data.writeUInt16BE(number)
      caller.send(data, relay.port, '127.0.0.1')
      await until(() => relay.counts.toTarget.received > number)
    }
    const { received, lost, doubled } = relay.counts.toTarget
    await until(() => arrived.length === received - lost + doubled)
    return { ...relay.counts.toTarget }
  }

  it('passes everything in order when nothing is asked of it, and back again', async () => {
    const back: number[] = []
    caller.on('message', (data) => back.push(data.readUInt16BE()))
    const counts = await send(100, {})
    expect(counts).to.deep.equal({ received: 100, lost: 0, doubled: 0, reordered: 0 })
    expect(arrived).to.deep.equal([...Array(100).keys()])
    await until(() => back.length === 100)
    expect(back).to.deep.equal(arrived)
  })

  it('does each to about as many as it was told, and the same again for the same seed', async () => {
    const options = { losePercent: 5, doublePercent: 5, reorderPercent: 5, seed: 7 }
    const counts = await send(1_000, options)
    for (const kind of ['lost', 'doubled', 'reordered'] as const)
      expect(counts[kind], kind).to.be.within(25, 80)
    const overtaken = arrived.filter((number, at) => at > 0 && number < arrived[at - 1]!)
    expect(overtaken.length).to.be.within(counts.reordered - 10, counts.reordered)
    await relay.close()
    arrived = []
    expect(await send(1_000, options)).to.deep.equal(counts)
  })

  it('a held datagram goes on when no other comes', async () => {
    await send(1, { reorderPercent: 100 })
    expect(arrived).to.deep.equal([0])
  })

  it('changes what it passes on, so that later requests come this way too', async () => {
    await send(3, {
      rewrite: (data, direction) =>
        direction === 'toTarget' ? Buffer.from([0, data[1]! + 10]) : data,
    })
    expect(arrived).to.deep.equal([10, 11, 12])
  })

  it('keeps several ends in front of it apart', async () => {
    const other = await openSocket()
    const back: Record<string, number[]> = { caller: [], other: [] }
    caller.on('message', (data) => back.caller!.push(data.readUInt16BE()))
    other.on('message', (data) => back.other!.push(data.readUInt16BE()))
    await send(2, {})
    other.send(Buffer.from([0, 99]), relay.port, '127.0.0.1')
    await until(() => back.other!.length === 1 && back.caller!.length === 2)
    expect(back).to.deep.equal({ caller: [0, 1], other: [99] })
    other.close()
  })
})

/** Lets sockets work until it is so; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
