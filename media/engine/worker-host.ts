import { YiluError, fail } from '../../gateway/errors.ts'
import type { Codec, LegStats } from '../media.ts'
import { createSpeechDetector } from '../vad/detector.ts'
import type { BrowserPeer } from '../webrtc/browser-peer.ts'
import { FrameClock } from './frame-clock.ts'
import { Leg } from './leg.ts'
import type { Command, FromWorker, Request, ToWorker, WorkerSettings } from './messages.ts'
import { Recorder } from './recorder.ts'
import { RtpPorts } from './rtp-socket.ts'
import { RtpTransport } from './rtp-transport.ts'
import { WorkerRoom } from './worker-room.ts'

type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void

/** Everything inside one media worker, told what to do by messages. */
export class WorkerHost {
  private readonly settings: WorkerSettings
  private readonly post: Post
  private readonly ports: RtpPorts
  private readonly clock: FrameClock
  private readonly rooms = new Map<string, WorkerRoom>()
  private readonly legs = new Map<string, { leg: Leg; room: WorkerRoom }>()
  private readonly rtp = new Map<string, RtpTransport>()
  private readonly peers = new Map<string, BrowserPeer>()

  constructor(settings: WorkerSettings, post: Post) {
    this.settings = settings
    this.post = post
    this.ports = new RtpPorts(settings.host, settings.ports)
    this.clock = new FrameClock((error) => this.tellError(error))
    setInterval(() => this.tellLateness(), 1000).unref()
  }

  receive(message: ToWorker): void {
    if ('request' in message) {
      this.answer(message).then(
        (result) => this.post({ kind: 'reply', request: message.request, result }),
        (error: unknown) => this.refuse(message.request, error),
      )
      return
    }
    try {
      this.obey(message)
    } catch (error) {
      this.tellError(error)
    }
  }

  private obey(command: Command): void {
    switch (command.kind) {
      case 'openRoom': {
        const room = new WorkerRoom()
        this.rooms.set(command.room, room)
        return
      }
      case 'hearing':
        return this.rooms.get(command.room)?.setHearing(command.pairs)
      case 'format':
        this.leg(command.leg)?.setFormat(command.format)
        return this.rtp.get(command.leg)?.setRemote(command.remote)
      case 'play':
        return this.play(command)
      case 'stopPlaying':
        return this.leg(command.leg)?.stopPlaying()
      case 'pausePlayback':
        return this.leg(command.leg)?.pausePlayback(command.playback, command.on)
      case 'stopPlayback':
        return this.leg(command.leg)?.stopPlaying(command.playback)
      case 'chunk':
        return this.leg(command.leg)?.stream(command.playback)?.push(command.pcm)
      case 'streamEnd':
        return this.leg(command.leg)?.stream(command.playback)?.complete(command.failed)
      case 'digits':
        return this.leg(command.leg)?.sendDigits(command.digits)
      case 'tap':
        return this.leg(command.leg)?.tap(command.on)
      case 'detectSpeech':
        return this.leg(command.leg)?.detectSpeech(command.on)
      case 'closeLeg':
        return this.closeLeg(command.leg)
      case 'addToRecording': {
        const { room, recording, side, leg } = command
        return this.rooms.get(room)?.addToRecording(recording, side, leg)
      }
      case 'pauseRecording':
        return this.rooms.get(command.room)?.pauseRecording(command.recording, command.on)
      case 'crash':
        return crash(command.how)
    }
  }

  private async answer(request: Request): Promise<unknown> {
    switch (request.kind) {
      case 'addRtp':
        return this.addRtp(request.room, request.leg, request.codec)
      case 'addWebRtc':
        return this.addWebRtc(request.room, request.leg, request.offerSdp)
      case 'record':
        return this.record(request)
      case 'stopRecording':
        return this.rooms.get(request.room)?.stopRecording(request.recording)
      case 'closeRoom':
        return this.closeRoom(request.room)
      case 'stats':
        return this.stats(request.leg)
    }
  }

  private leg(id: string): Leg | undefined {
    return this.legs.get(id)?.leg
  }

  private async addRtp(roomId: string, id: string, codec: Codec): Promise<{ port: number }> {
    const sockets = await this.ports.bind()
    const room = this.rooms.get(roomId)
    if (!room) {
      sockets.rtp.close()
      sockets.rtcp.close()
      return fail('NO_CALL')
    }
    const leg = this.addLeg(room, id, codec)
    const transport = new RtpTransport(sockets, leg, `${id}@${this.settings.address}`)
    leg.transport = transport
    this.rtp.set(id, transport)
    return { port: sockets.port }
  }

  private async addWebRtc(
    roomId: string,
    id: string,
    offerSdp: string,
  ): Promise<{ answerSdp: string }> {
    // loaded apart, because that takes a third of a second; `worker.ts` does it early
    const { BrowserPeer } = await import('../webrtc/browser-peer.ts')
    const { host, address, browserPorts } = this.settings
    const peer = await BrowserPeer.answer({
      offerSdp,
      host,
      address,
      ...(browserPorts.to && { ports: [browserPorts.from, browserPorts.to] }),
      receive: (packet) => this.leg(id)?.receive(packet, performance.now()),
      connected: (connected) => this.post({ kind: 'connected', leg: id, connected }),
    })
    const room = this.rooms.get(roomId)
    if (!room) {
      peer.close()
      return fail('NO_CALL')
    }
    const leg = this.addLeg(room, id, peer.format.codec)
    leg.transport = peer
    this.peers.set(id, peer)
    leg.setFormat(peer.format)
    return { answerSdp: peer.answerSdp }
  }

  private addLeg(room: WorkerRoom, id: string, codec: Codec): Leg {
    const leg = new Leg({
      id,
      codec,
      silentLineMs: this.settings.silentLineMs,
      tell: (event) =>
        this.post(event, event.kind === 'audio' ? [event.pcm.buffer as ArrayBuffer] : []),
      createSpeechDetector,
    })
    this.clock.add(room)
    room.legs.set(id, leg)
    this.legs.set(id, { leg, room })
    return leg
  }

  private async stats(id: string): Promise<LegStats> {
    const leg = this.leg(id) ?? fail('NO_CALL')
    const learned = this.rtp.get(id)?.rtcp.learned ?? (await this.peers.get(id)?.stats())
    return { ...leg.stats(), ...learned }
  }

  private play({ leg, playback, source, options }: Command & { kind: 'play' }): void {
    const found = this.leg(leg)
    if (found) found.play(playback, source, options)
    else this.post({ kind: 'ended', leg, playback, end: 'closed' })
  }

  private closeLeg(id: string): void {
    const found = this.legs.get(id)
    if (!found) return
    found.room.closeLeg(id)
    this.legs.delete(id)
    this.rtp.delete(id)
    this.peers.delete(id)
  }

  private async closeRoom(id: string): Promise<void> {
    const room = this.rooms.get(id)
    if (!room) return
    this.rooms.delete(id)
    this.clock.remove(room)
    for (const leg of [...room.legs.keys()]) this.closeLeg(leg)
    await room.close()
  }

  private async record(request: Request & { kind: 'record' }): Promise<void> {
    const { recording, file, sides } = request
    const recorder = new Recorder(file, this.settings.recording, (reason) =>
      this.post({ kind: 'recordingFailed', recording, reason }),
    )
    try {
      await recorder.open()
    } catch (error) {
      return fail('RECORDING_FAILED', { reason: (error as Error).message })
    }
    const room = this.rooms.get(request.room)
    if (!room) {
      await recorder.stop()
      return fail('NO_CALL')
    }
    this.clock.add(room)
    room.addRecording(recording, recorder, sides)
  }

  private refuse(request: number, error: unknown): void {
    if (error instanceof YiluError) {
      const { code, details } = error
      return this.post({ kind: 'failed', request, code, details })
    }
    this.tellError(error)
    this.post({ kind: 'failed', request, code: 'INTERNAL' })
  }

  private tellError(error: unknown): void {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    this.post({ kind: 'error', message, ...(stack && { stack }) })
  }

  private tellLateness(): void {
    const { lateness } = this.clock
    const p99Ms = lateness.percentile(0.99)
    this.post({ kind: 'lateness', p99Ms, secondP90Ms: lateness.presentPercentile(0.9) })
    lateness.turn()
  }
}

function crash(how: 'exit' | 'throw' | 'memory'): void {
  if (how === 'exit') process.exit(7)
  if (how === 'throw') {
    setImmediate(() => {
      throw new Error('a crash asked for by a test')
    })
    return
  }
  const kept: number[][] = []
  for (;;) kept.push(new Array<number>(100_000).fill(kept.length))
}
