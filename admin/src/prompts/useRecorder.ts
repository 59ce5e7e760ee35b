import { useEffect, useRef, useState } from 'react'
import type { MicrophoneFault } from '../desk/phone/microphone.ts'
import { NoMicrophone, openMicrophone } from '../desk/phone/microphone.ts'
import { asWav, MAX_SECONDS } from './as-wav.ts'

export type RecorderState = 'idle' | 'asking' | 'recording' | 'paused' | 'done'
/** failed: the browser could not make anything of what it recorded */
export type RecorderFault = MicrophoneFault | 'failed'

export interface Recorder {
  state: RecorderState
  fault: RecorderFault | undefined
  seconds: number
  /** 0 … 1 of what the microphone hears now */
  level: number
  /** once it is done: a WAV file */
  take: Blob | undefined
  start(): Promise<void>
  pause(): void
  resume(): void
  stop(): void
  /** drops the take */
  reset(): void
}

const TICK_MS = 80

/** A take from the microphone. Whatever happens to the component, the microphone is let go. */
export function useRecorder(): Recorder {
  const [state, setState] = useState<RecorderState>('idle')
  const [fault, setFault] = useState<RecorderFault>()
  const [seconds, setSeconds] = useState(0)
  const [level, setLevel] = useState(0)
  const [take, setTake] = useState<Blob>()
  const open = useRef<{ recorder: MediaRecorder; close(): void } | undefined>(undefined)
  const left = useRef(false)

  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
      open.current?.close()
    }
  }, [])

  const start = async () => {
    setFault(undefined)
    setTake(undefined)
    setSeconds(0)
    setState('asking')
    try {
      const track = await openMicrophone(undefined)
      if (left.current) return track.stop()
      record(new MediaStream([track]))
    } catch (error) {
      setFault(error instanceof NoMicrophone ? error.why : 'failed')
      setState('idle')
    }
  }

  const record = (stream: MediaStream) => {
    const recorder = new MediaRecorder(stream)
    const context = new AudioContext()
    const meter = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(meter)
    const heard = new Float32Array(meter.fftSize)
    const parts: Blob[] = []
    let spentMs = 0
    let lastMs = performance.now()
    const timer = window.setInterval(() => {
      const nowMs = performance.now()
      if (recorder.state === 'recording') spentMs += nowMs - lastMs
      lastMs = nowMs
      setSeconds(spentMs / 1000)
      meter.getFloatTimeDomainData(heard)
      setLevel(Math.min(1, Math.max(...heard.map(Math.abs)) * 1.4))
      if (spentMs > MAX_SECONDS * 1000 && recorder.state !== 'inactive') recorder.stop()
    }, TICK_MS)
    const close = () => {
      window.clearInterval(timer)
      stop(stream)
      void context.close()
      open.current = undefined
    }
    recorder.ondataavailable = ({ data }) => parts.push(data)
    recorder.onstop = () => {
      close()
      if (left.current) return
      setLevel(0)
      asWav(new Blob(parts, { type: recorder.mimeType })).then(
        (wav) => {
          if (left.current) return
          setTake(wav)
          setState('done')
        },
        () => {
          if (left.current) return
          setFault('failed')
          setState('idle')
        },
      )
    }
    recorder.start()
    open.current = { recorder, close }
    setState('recording')
  }

  return {
    ...{ state, fault, seconds, level, take, start },
    pause() {
      open.current?.recorder.pause()
      setState('paused')
    },
    resume() {
      open.current?.recorder.resume()
      setState('recording')
    },
    stop: () => open.current?.recorder.stop(),
    reset() {
      setTake(undefined)
      setSeconds(0)
      setState('idle')
    },
  }
}

const stop = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop())
