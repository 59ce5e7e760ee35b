/** Which key does what at the desk. Alt, because letters alone belong to the text and Ctrl to the browser. */
export const shortcuts = {
  accept: { code: 'KeyA', shown: 'Alt+A' },
  decline: { code: 'KeyX', shown: 'Alt+X' },
  next: { code: 'ArrowDown', shown: 'Alt+↓' },
  previous: { code: 'ArrowUp', shown: 'Alt+↑' },
  composer: { code: 'KeyR', shown: 'Alt+R' },
  note: { code: 'KeyN', shown: 'Alt+N' },
  transfer: { code: 'KeyT', shown: 'Alt+T' },
  ticket: { code: 'KeyK', shown: 'Alt+K' },
  finish: { code: 'KeyW', shown: 'Alt+W' },
  mute: { code: 'KeyM', shown: 'Alt+M' },
  hold: { code: 'KeyH', shown: 'Alt+H' },
  keypad: { code: 'KeyP', shown: 'Alt+P' },
  hangUp: { code: 'KeyG', shown: 'Alt+G' },
  dial: { code: 'KeyO', shown: 'Alt+O' },
} as const

export type Shortcut = keyof typeof shortcuts | 'help'

export interface Press {
  code: string
  key: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  /** the focus is where one writes */
  inText: boolean
}

/** By `code`, the place on the keyboard: with Alt, macOS turns letters into other signs. */
export function shortcutOf(press: Press): Shortcut | undefined {
  if (press.ctrlKey || press.metaKey) return undefined
  if (!press.altKey) return press.key === '?' && !press.inText ? 'help' : undefined
  const found = Object.entries(shortcuts).find(([, { code }]) => code === press.code)
  return found?.[0] as Shortcut | undefined
}

/** The id before or after the current one, round and round. */
export function neighbour(
  ids: string[],
  current: string | undefined,
  step: 1 | -1,
): string | undefined {
  if (ids.length === 0) return undefined
  const at = current === undefined ? -1 : ids.indexOf(current)
  if (at < 0) return step === 1 ? ids[0] : ids.at(-1)
  return ids[(at + step + ids.length) % ids.length]
}
