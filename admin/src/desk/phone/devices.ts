/** Which microphone, loudspeaker and ringing device this computer uses; kept in the browser. */
import type { Shelf } from '../composer/keep.ts'

export interface Devices {
  microphone?: string
  speaker?: string
  /** where it rings; often the loudspeaker while the headset lies on the desk */
  ring?: string
}

const KEPT = 'yilu.desk.devices'

export function loadDevices(shelf: Pick<Shelf, 'getItem'>): Devices {
  try {
    const kept = JSON.parse(shelf.getItem(KEPT) ?? '{}') as Devices | null
    return kept && typeof kept === 'object' ? kept : {}
  } catch {
    return {}
  }
}

export function saveDevices(shelf: Pick<Shelf, 'setItem'>, devices: Devices): void {
  try {
    shelf.setItem(KEPT, JSON.stringify(devices))
  } catch {
    // storage forbidden: the choice holds until the page is left
  }
}
