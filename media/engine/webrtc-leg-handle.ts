import type { WebRtcLeg } from '../media.ts'
import { LegHandle } from './leg-handle.ts'
import type { WorkerThread } from './worker-thread.ts'

export class WebRtcLegHandle extends LegHandle implements WebRtcLeg {
  readonly answerSdp: string

  constructor(id: string, thread: WorkerThread, closed: () => void, answerSdp: string) {
    super(id, thread, closed)
    this.answerSdp = answerSdp
  }
}
