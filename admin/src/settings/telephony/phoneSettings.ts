import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'

type Listener = TelephonyStatusView['listeners'][number]

export interface PhoneSettings {
  /** host and port as phones want them */
  server: string
  transport: Listener['transport']
}

/**
 * Where a phone registers: the listener, under a name the phone can reach. What listens on every address, or on
 * this machine alone, is reached under the name the console was opened with.
 */
export function phoneSettings(
  listeners: readonly Listener[],
  consoleHost: string,
): PhoneSettings | undefined {
  const order: Listener['transport'][] = ['udp', 'tcp', 'tls']
  const [listener] = [...listeners].sort(
    (a, b) => order.indexOf(a.transport) - order.indexOf(b.transport),
  )
  if (!listener) return undefined
  const { host, port, transport } = listener
  const anywhere = ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host)
  const name = anywhere ? consoleHost : host
  const bare = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  return { server: `${bare}:${port}`, transport }
}

/** One line of baresip's `accounts` file; G.711 only. */
export function baresipAccount(
  extension: string,
  { server, transport }: PhoneSettings,
  password = '…',
): string {
  return `<sip:${extension}@${server};transport=${transport}>;auth_pass=${password};audio_codecs=PCMA,PCMU`
}
