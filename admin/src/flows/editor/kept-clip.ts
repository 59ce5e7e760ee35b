/**
 * What was copied last, also for other windows of this browser: the clipboard itself can be read by a button only
 * where pages are served by HTTPS, which an intranet often does not do.
 */
const KEY = 'yilu.flow.clip'

export function keepClip(text: string): void {
  try {
    localStorage.setItem(KEY, text)
  } catch {
    // a full or forbidden storage costs only the button; the keys work still
  }
}

export function keptClip(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}
