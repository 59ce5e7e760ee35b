import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type {
  CallEnd,
  IncomingCall,
  SipBinding,
  SipEngine,
} from '../../../channels/sip/sip-engine.ts'
import { RFC_TIMERS } from '../../../channels/sip/timing/sip-timers.ts'
import { closeAll, engine, policy, SDP, told } from './ladder.ts'
import { describeWhere, needs } from '../../harness/needs.ts'

const MODULES = '/usr/lib/baresip/modules'
const missing =
  needs('baresip', 'baresip-core') ?? (existsSync(MODULES) ? undefined : `${MODULES} is not there`)

/** Ten seconds of nothing: 8 kHz, 16 bit, mono. */
function silence(): Buffer {
  const samples = Buffer.alloc(160_000)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

describeWhere(missing, 'sip: with baresip as an extension', function () {
  this.timeout(30_000)
  let folder = ''
  let phone: ChildProcess | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yilu-baresip-'))
  })
  afterEach(async () => {
    if (phone && phone.exitCode === null) {
      const gone = new Promise((resolve) => phone!.once('exit', resolve))
      phone.kill('SIGKILL')
      await gone
    }
    phone = undefined
    await closeAll()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Starts a phone that registers as 801 and answers by itself. */
  const start = async (args: string[] = []): Promise<SipEngine> => {
    const yilu = await engine({
      timers: RFC_TIMERS,
      policy: policy({ peerByAddress: () => undefined }),
    })
    const { port } = yilu.listening[0]!
    const account =
      `<sip:801@127.0.0.1:${port};transport=udp>;auth_user=801;auth_pass=secret` +
      ';regint=60;answermode=auto'
    writeFileSync(join(folder, 'accounts'), `${account}\n`)
    const modules = ['module g711.so', 'module_tmp uuid.so', 'module_tmp account.so']
    const app = ['module_app menu.so']
    const config = ['poll_method epoll', 'sip_listen 127.0.0.1:0', `module_path ${MODULES}`]
    // without a sound to send it does not answer
    writeFileSync(join(folder, 'silence.wav'), silence())
    config.push(`audio_source aufile,${join(folder, 'silence.wav')}`, 'module aufile.so')
    writeFileSync(join(folder, 'config'), [...config, ...modules, ...app, ''].join('\n'))
    phone = spawn(
      'baresip',
      ['-4', '-f', folder, ...args.map((a) => a.replace('PORT', `${port}`))],
      {
        stdio: ['ignore', 'ignore', 'ignore'],
      },
    )
    return yilu
  }

  const registered = async (yilu: SipEngine): Promise<SipBinding> => {
    for (;;) {
      const [binding] = yilu.bindings('801')
      if (binding) return binding
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  it('it registers, is called, is held, and hung up on', async () => {
    const yilu = await start()
    const binding = await registered(yilu)
    expect(binding.userAgent).to.match(/^baresip/)
    const call = yilu.call({
      uri: binding.uri,
      target: binding.target,
      from: { number: '13800138000', name: '游客' },
      to: { number: '801' },
      sdp: SDP,
    })
    const answered = told<string | undefined>()
    const ended = told<CallEnd>()
    call.onAnswered = answered.tell
    call.onEnded = (end) => {
      ended.tell(end)
      answered.tell(`ended ${end.status}`)
    }
    expect(await answered.promise).to.contain('PCMA/8000')
    const held = await call.reoffer(`${SDP}a=sendonly\r\n`)
    expect(held).to.contain('a=recvonly')
    call.hangUp()
    expect(await ended.promise).to.include({ by: 'us', status: 200 })
  })

  it('it calls: asked for its password, answered, hung up on', async () => {
    const yilu = await start(['-e', '/dial 12301'])
    const came = told<IncomingCall>()
    yilu.onCall = came.tell
    const call = await came.promise
    expect(call.peer).to.deep.equal({ kind: 'extension', id: '801' })
    expect(call.local.number).to.equal('12301')
    expect(call.offer).to.contain('PCMA')
    await call.ring()
    await call.answer(SDP)
    const ended = told<CallEnd>()
    call.onEnded = ended.tell
    call.hangUp()
    expect(await ended.promise).to.include({ by: 'us' })
  })
})
