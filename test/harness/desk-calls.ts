/** Telephony for tests: a trunk to a simulated telephone, and the calls a desk was told of. */
import type { CallCard } from '../../gateway/desk/protocol.ts'
import type { SimulatedAgent } from './agent.ts'
import type { PhoneCall } from './phone.ts'

/** Calls out go to that port of this machine. */
export async function trunkTo(admin: SimulatedAgent, port: number): Promise<void> {
  const response = await admin.rest('POST', '/telephony/trunks', {
    id: 'out',
    name: 'out',
    host: '127.0.0.1',
    port,
    transport: 'udp',
    enabled: true,
    inbound: { byAddress: [] },
    outbound: true,
    callerNumbers: ['02912301'],
    priority: 0,
  })
  if (!response.ok) throw new Error(await response.text())
}

/** The latest picture of a call that fits. */
export function callCardOf(
  agent: SimulatedAgent,
  fits: (card: CallCard) => boolean,
): CallCard | undefined {
  const latest = new Map<string, CallCard>()
  for (const frame of agent.frames) {
    if (frame.t === 'welcome') for (const call of frame.calls) latest.set(call.conversationId, call)
    if (frame.t === 'call') latest.set(frame.call.conversationId, frame.call)
  }
  return [...latest.values()].reverse().find(fits)
}

export const isTalked = ({ phase, parties }: CallCard): boolean =>
  phase === 'talking' &&
  parties.some(({ kind, state }) => kind === 'agent' && state === 'connected')

/** Both hear the other's tone, and then fall silent. */
export async function hearEachOther(a: PhoneCall, b: PhoneCall): Promise<void> {
  a.forget()
  b.forget()
  a.hum(400)
  b.hum(700)
  await Promise.all([a.hearsTone(700), b.hearsTone(400)])
  a.hush()
  b.hush()
}
