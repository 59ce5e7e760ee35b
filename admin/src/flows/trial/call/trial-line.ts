/** The line of a call with a draft: the first offer begins the call, later ones bring it back after a break. */
import { api } from '../../../api/client.ts'
import { Line } from '../../../desk/phone/line.ts'
import type { LineView } from '../../../desk/phone/line.ts'
import { loadDevices } from '../../../desk/phone/devices.ts'
import { openMicrophone } from '../../../desk/phone/microphone.ts'
import { openPeer } from '../../../desk/phone/peer.ts'
import { play } from '../../../desk/phone/playback.ts'
import type { Doc } from '../../doc.ts'

export interface TrialCallWish {
  doc: Doc
  lang: string
  caller?: string
  called?: string
}

const HEARD_AS = 'trial'

export interface TrialLine {
  close(): void
}

export function openTrialLine(
  wish: TrialCallWish,
  on: { view(view: LineView): void; begun(id: string): void },
): TrialLine {
  let id: string | undefined
  let closed = false
  const devices = loadDevices(localStorage)
  const line = new Line({
    microphone: () => openMicrophone(devices.microphone),
    peer: openPeer,
    timers: {
      set: (callback, afterMs) => setTimeout(callback, afterMs),
      clear: (timer) => clearTimeout(timer as number | undefined),
    },
    async signal(sdp) {
      if (id !== undefined)
        return (await api.post<{ sdp: string }>(`/trials/calls/${id}/line`, { sdp })).sdp
      const answer = await api.post<{ id: string; sdp: string }>('/trials/calls', { ...wish, sdp })
      id = answer.id
      // hung up before the server answered
      if (closed) void hangUp(id)
      else on.begun(id)
      return answer.sdp
    },
    onChange(view) {
      play(HEARD_AS, view.remote, devices.speaker)
      on.view(view)
    },
  })
  line.speak(true)
  line.open()
  return {
    close() {
      closed = true
      line.close()
      play(HEARD_AS, undefined, undefined)
      if (id !== undefined) void hangUp(id)
    },
  }
}

const hangUp = (id: string) => api.delete(`/trials/calls/${id}`).catch(() => undefined)
