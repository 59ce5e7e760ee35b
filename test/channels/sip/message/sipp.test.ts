import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  StreamFramer,
  createResponse,
  nameAddr,
  parseMessage,
  serialize,
  sipUri,
} from '../../../../channels/sip/message/message.ts'
import type { SipRequest } from '../../../../channels/sip/message/message.ts'
import { answerOffer } from '../../../../media/sdp/sdp.ts'
import { localMedia } from '../../../media/sdp/ends.ts'
import { isMessage } from './messages.ts'
import { describeWhere, needs } from '../../../harness/needs.ts'

describeWhere(needs('sipp', 'sip-tester'), 'sipp as caller', function () {
  it('calls over UDP and understands our answers', async () => {
    const socket = createSocket('udp4')
    const methods: string[] = []
    socket.on('message', (data, from) => {
      for (const reply of answers(data, socket.address().port, methods))
        socket.send(reply, from.port, from.address)
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    await sipp(socket.address().port, 'u1')
    socket.close()
    expect(methods).to.deep.equal(expected)
  })

  it('calls over TCP, message after message on one connection', async () => {
    const methods: string[] = []
    const server = createServer((connection) => {
      const framer = new StreamFramer()
      connection.on('data', (chunk) => {
        for (const item of framer.push(chunk)) {
          expect(item.kind).to.equal('message')
          if (item.kind !== 'message') continue
          for (const reply of answers(item.data, port, methods)) connection.write(reply)
        }
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await sipp(port, 't1')
    server.close()
    expect(methods).to.deep.equal(expected)
  })
})

const CALLS = 3
const expected = Array.from({ length: CALLS }, () => ['INVITE', 'ACK', 'BYE']).flat()

/** A callee without memory: rings, answers with G.711, and takes BYE. */
function answers(data: Buffer, port: number, methods: string[]): Buffer[] {
  const request = parseMessage(data)
  if (!isMessage(request) || request.kind !== 'request')
    throw new Error(`unreadable: ${data.toString()}`)
  methods.push(request.method)
  if (request.method === 'ACK') return []
  if (request.method !== 'INVITE') return [serialize(createResponse(request, 200))]
  return [180, 200].map((status) => serialize(accepted(request, status, port)))
}

function accepted(
  request: SipRequest,
  status: number,
  port: number,
): ReturnType<typeof createResponse> {
  const contact = [nameAddr(sipUri({ host: '127.0.0.1', port }))]
  if (status < 200) return createResponse(request, status, { contact })
  const { sdp } = answerOffer(request.body.toString(), localMedia({ address: '127.0.0.1' }))
  return createResponse(request, status, { contact, body: sdp, contentType: 'application/sdp' })
}

/** Three calls of its built-in caller, one at a time. Resolves when all went as it wanted. */
async function sipp(port: number, transport: 'u1' | 't1'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yilu-sipp-'))
  const options = `-sn uac -m ${CALLS} -l 1 -d 10 -t ${transport} -i 127.0.0.1 -timeout 10s -timeout_error -nostdin`
  const child = spawn('sipp', [`127.0.0.1:${port}`, ...options.split(' ')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  await rm(folder, { recursive: true })
  expect(code, said).to.equal(0)
}
