/**
 * What the page's loader and the framed app say to each other. Both sides name the other's exact origin
 * when they speak and check origin and window when they listen: a page that frames the app, or another
 * frame on the page, can neither read nor steer the chat.
 */
export type FrameMessage =
  | { yilu: 1; t: 'ready' }
  | { yilu: 1; t: 'unread'; count: number; label: string }
  | { yilu: 1; t: 'close' }

export type HostMessage = { yilu: 1; t: 'shown'; open: boolean }

interface Heard {
  origin: string
  source: unknown
  data: unknown
}

/** The message when it truly comes from `from` at `origin`, else undefined. */
export function heardFrom<T extends { yilu: 1; t: string }>(
  event: Heard,
  origin: string,
  from: unknown,
): T | undefined {
  if (!from || event.origin !== origin || event.source !== from) return undefined
  const data = event.data as Partial<T> | null
  return typeof data === 'object' && data !== null && data.yilu === 1 ? (data as T) : undefined
}

/** `origin` of the frame's address, when it is the bare origin of a web page. */
export function pinnedOrigin(wanted: string | null): string | undefined {
  if (!wanted) return undefined
  try {
    const { origin, protocol } = new URL(wanted)
    return origin === wanted && /^https?:$/.test(protocol) ? origin : undefined
  } catch {
    return undefined
  }
}
