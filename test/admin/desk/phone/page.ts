/** Entry of the page in chromium.test.ts: the console's own line, with its view where the test can see it. */
import { Line } from '../../../../admin/src/desk/phone/line.ts'
import { openMicrophone } from '../../../../admin/src/desk/phone/microphone.ts'
import { openPeer } from '../../../../admin/src/desk/phone/peer.ts'
import { play } from '../../../../admin/src/desk/phone/playback.ts'

const page = window as unknown as {
  signal(sdp: string): Promise<string>
  line: Line
  states: string[]
  /** how loud the far end is: mean square over the last look */
  loudness(): number
}

const audio = new AudioContext()
const analyser = audio.createAnalyser()
analyser.fftSize = 8192
const samples = new Float32Array(analyser.fftSize)
let heard: MediaStream | undefined

page.states = []
page.line = new Line({
  microphone: () => openMicrophone(undefined),
  peer: openPeer,
  signal: (sdp) => page.signal(sdp),
  timers: {
    set: (callback, afterMs) => setTimeout(callback, afterMs),
    clear: (timer) => clearTimeout(timer as number | undefined),
  },
  onChange: ({ state, remote }) => {
    if (page.states.at(-1) !== state) page.states.push(state)
    if (remote && remote !== heard) {
      heard = remote
      // Chromium lets a remote stream into Web Audio only while an element plays it
      play('test', remote, undefined)
      audio.createMediaStreamSource(remote).connect(analyser)
    }
  },
})
page.loudness = () => {
  analyser.getFloatTimeDomainData(samples)
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
}
