import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'bson'
import { expect } from 'chai'
import fc from 'fast-check'
import type { LaunchedEngine } from '../../../gateway/store/embedded/launch.ts'
import { launchEngine } from '../../../gateway/store/embedded/launch.ts'
import { checkBson, withIdFirst } from '../../../gateway/store/embedded/rawBson.ts'
import { FrameReader } from '../../../gateway/store/embedded/wire.ts'

type Doc = Record<string, unknown>

const int32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(n)
  return bytes
}
const frame = (opcode: number, payload: Buffer, length = 16 + payload.length) =>
  Buffer.concat([int32(length), int32(1), int32(0), int32(opcode), payload])
const body = (doc: Doc | Buffer) =>
  Buffer.concat([Buffer.from([0]), Buffer.isBuffer(doc) ? doc : serialize(doc)])
const message = (...sections: Buffer[]) => frame(2013, Buffer.concat([int32(0), ...sections]))
const sequence = (name: string, ...docs: Doc[]) => {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => serialize(doc))])
  return Buffer.concat([Buffer.from([1]), int32(4 + content.length), content])
}
const nested = (depth: number): Buffer => {
  let doc = serialize({})
  for (let i = 0; i < depth; i++) {
    doc = Buffer.concat([int32(doc.length + 8), Buffer.from([3, 97, 0]), doc, Buffer.from([0])])
  }
  return Buffer.from(doc)
}

describe('wire protocol', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-wire-'))
  const path = join(folder, 'engine.sock')
  let engine: LaunchedEngine
  let exited = false
  before(async () => {
    engine = await launchEngine({ dataDir: folder, socketPath: path })
    engine.onExit(() => (exited = true))
  })
  after(async () => {
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      const socket = connect(path, () => resolve(socket)).once('error', reject)
    })

  /** Send bytes; the first reply, or null if the engine closes the connection. */
  async function send(...chunks: Buffer[]): Promise<Doc | null> {
    const socket = await open()
    const reply = new Promise<Doc | null>((resolve) => {
      const reader = new FrameReader()
      socket.on('data', (chunk: Buffer) => {
        const [first] = reader.push(chunk)
        if (first) resolve(deserialize(first.subarray(first.readInt32LE(12) === 1 ? 36 : 21)))
      })
      socket.on('close', () => resolve(null))
      socket.on('error', () => resolve(null))
    })
    for (const chunk of chunks) {
      socket.write(chunk)
      // each chunk an event of its own at the other end
      await new Promise((next) => setImmediate(next))
    }
    const result = await reply
    socket.destroy()
    return result
  }

  const ping = message(body({ ping: 1, $db: 'admin' }))

  it('takes a message in pieces', async () => {
    const pieces = Array.from({ length: ping.length }, (_, i) => ping.subarray(i, i + 1))
    expect(await send(...pieces)).to.include({ ok: 1 })
  })

  it('takes documents as a sequence', async () => {
    const insert = message(
      body({ insert: 's', $db: 'wire' }),
      sequence('documents', { _id: 1 }, { a: 1, _id: 2 }),
    )
    expect(await send(insert)).to.include({ ok: 1, n: 2 })
  })

  it('answers the old hello', async () => {
    const query = Buffer.concat([
      int32(0),
      Buffer.from('admin.$cmd\0'),
      int32(0),
      int32(-1),
      serialize({ ismaster: 1, helloOk: true }),
    ])
    expect(await send(frame(2004, query))).to.include({ ismaster: true, helloOk: true })
  })

  it('gives no answer where none is wanted', async () => {
    const silent = frame(2013, Buffer.concat([int32(2), body({ ping: 1, $db: 'admin' })]))
    const two = message(body({ hello: 1, $db: 'admin' }))
    expect(await send(Buffer.concat([silent, two]))).to.have.property('maxWireVersion')
  })

  it('refuses the numbers of a transaction', async () => {
    const { Long } = await import('bson')
    const numbered = { find: 'x', txnNumber: Long.ONE, autocommit: false, $db: 'wire' }
    expect(await send(message(body({ ...numbered, startTransaction: true })))).to.include({
      ok: 0,
      code: 20,
    })
  })

  it('opens its socket to this user only', async () => {
    const { statSync } = await import('node:fs')
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })

  const truncated = Buffer.from(serialize({ ping: 1, $db: 'admin' }))
  truncated.writeInt32LE(truncated.length + 50, 0)
  const endless = Buffer.from(serialize({ ping: 'text' }))
  endless.writeInt32LE(0x7fffffff, 4 + 6)
  const MALFORMED: [string, Buffer][] = [
    ['a length of 0', frame(2013, Buffer.alloc(10), 0)],
    ['a negative length', frame(2013, Buffer.alloc(10), -5)],
    ['a length above 48 MB', frame(2013, Buffer.alloc(10), 48_000_001)],
    ['an unknown opcode', frame(1234, Buffer.alloc(30))],
    ['an empty message', message()],
    ['unknown flags', frame(2013, Buffer.concat([int32(1 << 5), body({ ping: 1 })]))],
    ['an unknown section', message(Buffer.concat([Buffer.from([9]), serialize({})]))],
    ['two bodies', message(body({ ping: 1 }), body({ ping: 1 }))],
    ['a document longer than the message', message(body(truncated))],
    ['a text longer than its document', message(body(endless))],
    [
      'a sequence without name',
      message(body({ ping: 1 }), Buffer.concat([Buffer.from([1]), int32(8), Buffer.from('abcd')])),
    ],
    ['a document nested 10,000 deep', message(body(nested(10_000)))],
    ['an unknown type', message(body(Buffer.from([8, 0, 0, 0, 0x44, 97, 0, 0])))],
  ]
  for (const [what, bytes] of MALFORMED) {
    it(`closes the connection on ${what}, and lives`, async () => {
      expect(await send(bytes)).to.equal(null)
      expect(await send(ping)).to.include({ ok: 1 })
    })
  }

  it('tells a text that is no UTF-8 or closes, and lives', async () => {
    const bad = Buffer.from(serialize({ ping: 'aaaa', $db: 'admin' }))
    bad[bad.indexOf('aaaa')] = 0xff
    const reply = await send(message(body(bad)))
    if (reply) expect(reply.ok).to.equal(0)
    expect(await send(ping)).to.include({ ok: 1 })
  })

  it('survives anything else', async () => {
    const valid = message(
      body({
        update: 'fuzz',
        updates: [{ q: { a: [1, { b: 'x' }] }, u: { $set: { a: 1 } } }],
        $db: 'wire',
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const bytes = Buffer.from(valid)
          for (const [at, value] of changes) if (at > 3) bytes[at] = value
          const socket = await open()
          socket.on('error', () => undefined)
          socket.end(bytes)
          await new Promise((closed) => socket.resume().once('close', closed))
        },
      ),
      { numRuns: 150 },
    )
    expect(await send(ping)).to.include({ ok: 1 })
    expect(exited).to.equal(false)
  })

  it('checks BSON without reading outside of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 80 }), (bytes) => {
        const buffer = Buffer.from(bytes)
        buffer.writeInt32LE(buffer.length, 0)
        buffer[buffer.length - 1] = 0
        let end: number
        try {
          end = checkBson(buffer, 0, buffer.length)
        } catch {
          return
        }
        expect(end).to.equal(buffer.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('moves _id to the front', () => {
    const moved = withIdFirst(Buffer.from(serialize({ a: [1], b: /x/i, _id: 7, c: 'z' })))
    expect(Object.keys(deserialize(moved!))).to.deep.equal(['_id', 'a', 'b', 'c'])
    expect(withIdFirst(Buffer.from(serialize({ a: { _id: 1 } })))).to.equal(null)
  })
})
