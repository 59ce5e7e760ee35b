import { useEffect, useState } from 'react'

const EVERY_MS = 100

/**
 * How loud a microphone or a far end is, as the peak of the last 100 ms: 0 is silence, 1 full scale.
 * `heard` is the loudest since it began.
 */
export function useLevel(stream: MediaStream | undefined): { now: number; heard: number } {
  const [level, setLevel] = useState({ now: 0, heard: 0 })
  useEffect(() => {
    setLevel({ now: 0, heard: 0 })
    if (!stream || stream.getAudioTracks().length === 0) return
    const audio = new AudioContext()
    const analyser = audio.createAnalyser()
    analyser.fftSize = 4096 // 85 ms at 48 kHz: no syllable falls between two looks
    audio.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const now = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
      setLevel(({ heard }) => ({ now, heard: Math.max(heard, now) }))
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      void audio.close()
    }
  }, [stream])
  return level
}
