/** The browser's part of a telephone, played by the test: microphones, peers, ears. */
import { NoMicrophone } from '../../../../admin/src/desk/phone/microphone.ts'
import type { MicrophoneFault } from '../../../../admin/src/desk/phone/microphone.ts'
import type { Peer, PeerState } from '../../../../admin/src/desk/phone/peer.ts'

export class FakeTrack {
  enabled = true
  stopped = false
  onended: ((this: MediaStreamTrack, event: Event) => unknown) | null = null
  readonly deviceId: string | undefined

  constructor(deviceId?: string) {
    this.deviceId = deviceId
  }
  stop(): void {
    this.stopped = true
  }
  unplug(): void {
    ;(this.onended as (() => unknown) | null)?.()
  }
}

export class FakePeer implements Peer<FakeTrack, string> {
  onState?: (state: PeerState) => void
  onAudio?: (stream: string) => void
  closed = false
  answered: string | undefined
  sending: FakeTrack | undefined

  async offer(track: FakeTrack): Promise<string> {
    this.sending = track
    return 'v=0 offer of the console'
  }
  async accept(answer: string): Promise<void> {
    this.answered = answer
  }
  async replace(track: FakeTrack): Promise<void> {
    this.sending = track
  }
  close(): void {
    this.closed = true
  }
  /** what the network does; an abandoned peer tells nobody */
  becomes(state: PeerState): void {
    this.onState?.(state)
  }
}

export class FakeBrowser {
  readonly tracks: FakeTrack[] = []
  readonly peers: FakePeer[] = []
  readonly heard = new Map<string, { stream: string; speaker: string | undefined }>()
  fault: MicrophoneFault | undefined

  readonly microphone = async (deviceId?: string): Promise<FakeTrack> => {
    if (this.fault) throw new NoMicrophone(this.fault)
    const track = new FakeTrack(deviceId)
    this.tracks.push(track)
    return track
  }
  readonly peer = (): FakePeer => {
    const peer = new FakePeer()
    this.peers.push(peer)
    return peer
  }
  readonly play = (id: string, stream: string | undefined, speaker: string | undefined): void => {
    if (stream === undefined) this.heard.delete(id)
    else this.heard.set(id, { stream, speaker })
  }
  get track(): FakeTrack {
    return this.tracks.at(-1)!
  }
  get newestPeer(): FakePeer {
    return this.peers.at(-1)!
  }
}
