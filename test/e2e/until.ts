import { setTimeout as pause } from 'node:timers/promises'
import { PATIENCE_MS } from '../harness/patience.ts'

const LOOK_EVERY_MS = 50

/** Looks again and again until it holds. @throws Error naming what was waited for */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await pause(LOOK_EVERY_MS)
  }
}
