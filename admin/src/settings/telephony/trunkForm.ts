import type { TrunkView } from '../../../../gateway/telephony/schema.ts'
import { changesOf } from '../../records/rebase.ts'

interface Secret {
  userName: string
  /** only ever typed, never shown */
  password: string
}

/** A trunk as a form holds it: what is absent is empty, and nothing is undefined. */
export interface TrunkValues {
  name: string
  host: string
  port: number
  transport: TrunkView['transport']
  enabled: boolean
  inbound: { byAddress: string[]; digest: Secret }
  outbound: boolean
  credentials: Secret
  registers: boolean
  register: {
    aor: string
    expiresSeconds: number
    registrar: { host: string; port: number; transport: TrunkView['transport'] }
  }
  callerNumbers: string[]
  dials: string[]
  priority: number
  maxCalls: number | null
}

export function trunkValues(trunk: TrunkView | undefined): TrunkValues {
  const { register } = trunk ?? {}
  return {
    name: trunk?.name ?? '',
    host: trunk?.host ?? '',
    port: trunk?.port ?? 5060,
    transport: trunk?.transport ?? 'udp',
    enabled: trunk?.enabled ?? true,
    inbound: {
      byAddress: trunk?.inbound.byAddress ?? [],
      digest: { userName: trunk?.inbound.digest?.userName ?? '', password: '' },
    },
    outbound: trunk?.outbound ?? false,
    credentials: { userName: trunk?.credentials?.userName ?? '', password: '' },
    registers: register !== undefined,
    register: {
      aor: register?.aor ?? '',
      expiresSeconds: register?.expiresSeconds ?? 300,
      registrar: {
        host: register?.registrar?.host ?? '',
        port: register?.registrar?.port ?? 5060,
        transport: register?.registrar?.transport ?? 'udp',
      },
    },
    callerNumbers: trunk?.callerNumbers ?? [],
    dials: trunk?.dials ?? [],
    priority: trunk?.priority ?? 0,
    maxCalls: trunk?.maxCalls ?? null,
  }
}

/** The body of the request that makes (`id`) or changes it; empty passwords are not sent. */
export function trunkBody(values: TrunkValues, stored: TrunkView | undefined, id: string): object {
  const { inbound, credentials, registers, register, dials, maxCalls, ...rest } = stored
    ? changesOf(trunkValues(stored), values)
    : values
  const registering = registers !== undefined || register !== undefined
  return {
    ...rest,
    ...(inbound && {
      inbound: { byAddress: inbound.byAddress, digest: secretOf(inbound.digest) },
    }),
    ...(credentials && { credentials: secretOf(credentials) }),
    ...(registering && { register: values.registers ? registerOf(values.register) : null }),
    ...(dials && { dials: dials.length ? dials : null }),
    ...(maxCalls !== undefined && { maxCalls }),
    ...(stored ? { version: stored.version } : { id }),
  }
}

function secretOf({ userName, password }: Secret): object | null {
  const name = userName.trim()
  // a password without a name is a name forgotten, and told so
  if (!name && !password) return null
  return { userName: name, ...(password && { password }) }
}

function registerOf({ aor, expiresSeconds, registrar }: TrunkValues['register']): object {
  return { aor, expiresSeconds, ...(registrar.host.trim() && { registrar }) }
}
