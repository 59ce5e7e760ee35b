import WaveSurfer from 'wavesurfer.js'

const CALLER = { waveColor: '#9db8b3', progressColor: '#0f766e' }
const OURS = { waveColor: '#c3b894', progressColor: '#8a6100' }

/**
 * Draws peaks that the server worked out, so that nothing is fetched or decoded for the picture; clicking
 * and dragging moves the audio element. @returns a function that takes it away
 */
export function drawWave(
  container: HTMLElement,
  media: HTMLAudioElement,
  peaks: number[][],
  durationS: number,
): () => void {
  const wave = WaveSurfer.create({
    container,
    media,
    peaks,
    duration: durationS || 1,
    height: peaks.length > 1 ? 28 : 44,
    normalize: true,
    dragToSeek: true,
    cursorWidth: 2,
    cursorColor: '#b91c1c',
    ...CALLER,
    ...(peaks.length > 1 && { splitChannels: [CALLER, OURS] }),
  })
  return () => wave.destroy()
}
