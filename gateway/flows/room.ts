/** The parts of the room of flows, put together. */
import type { Bus } from '../bus/bus.ts'
import type { Flows } from './flows.ts'
import { Library } from './library.ts'
import { Presence } from './presence.ts'
import { Publication } from './publication.ts'
import type { TransferOptions } from './transfer.ts'
import { Transfer } from './transfer.ts'
import type { FlowReferences } from './uses.ts'
import { usesOf } from './uses.ts'

export interface FlowRoom {
  flows: Flows
  publication: Publication
  library: Library
  transfer: Transfer
  presence: Presence
  references: FlowReferences
}

export interface FlowRoomOptions extends Pick<TransferOptions, 'environment' | 'recordings'> {
  flows: Flows
  bus: Bus
  now: () => number
  references: FlowReferences
  testLimitMs?: number
}

export function openFlowRoom(options: FlowRoomOptions): FlowRoom {
  const { flows, bus, now, references, testLimitMs } = options
  const library = new Library({ flows, now, uses: (id) => usesOf(id, flows, references) })
  return {
    flows,
    library,
    references,
    publication: new Publication({ flows, now, ...(testLimitMs && { testLimitMs }) }),
    transfer: new Transfer({ ...options, library }),
    presence: new Presence(bus, now),
  }
}
