/** People in browsers who hum a tone instead of talking, and can be asked what they hear. */
import type { Frame, Page } from 'playwright-core'
import { until } from './until.ts'

/**
 * Runs in the page before anything of ours: the microphone is an oscillator (a device would be filtered as
 * noise), and every remote track is listened to beside the page's own loudspeaker.
 */
export const withTones = (hz: number): string => `
  const context = new AudioContext()
  const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
  if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
    // may this page have one at all?
    for (const track of (await ask(wanted)).getTracks()) track.stop()
    const tone = context.createOscillator()
    const level = context.createGain()
    const microphone = context.createMediaStreamDestination()
    tone.frequency.value = ${hz}
    level.gain.value = 0.3
    tone.connect(level).connect(microphone)
    tone.start()
    await context.resume()
    return microphone.stream
  }
  const ears = (window.ears = [])
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      this.addEventListener('track', ({ track }) => {
        const ear = context.createAnalyser()
        ear.fftSize = 4096
        ear.smoothingTimeConstant = 0
        context.createMediaStreamSource(new MediaStream([track])).connect(ear)
        ears.push({ ear, track })
      })
    }
  }
  const spectrum = () => {
    const open = ears.filter(({ track }) => track.readyState === 'live').at(-1)
    if (!open) return new Float32Array([-Infinity])
    const levels = new Float32Array(open.ear.frequencyBinCount)
    open.ear.getFloatFrequencyData(levels)
    return levels
  }
  window.hears = (hz) => {
    const bin = Math.round((hz * 4096) / context.sampleRate)
    return Math.max(...spectrum().slice(bin - 1, bin + 2)) > -55
  }
  window.hearsSound = () => Math.max(...spectrum()) > -55
`

/** Looks until it does. */
export async function hears(page: Page | Frame, hz: number, who: string): Promise<void> {
  await until(() => page.evaluate<boolean>(`hears(${hz})`), `${who} to hear ${hz} Hz`)
}

/** Looks until it has not for half a second on end. */
export async function hearsNo(page: Page | Frame, hz: number, who: string): Promise<void> {
  let quiet = 0
  await until(async () => {
    quiet = (await page.evaluate<boolean>(`hears(${hz})`)) ? 0 : quiet + 1
    return quiet >= 10
  }, `${who} not to hear ${hz} Hz`)
}

/** Words, music, whatever. */
export async function hearsSound(page: Page | Frame, who: string): Promise<void> {
  await until(() => page.evaluate<boolean>('hearsSound()'), `${who} to hear anything`)
}
