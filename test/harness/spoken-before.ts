/**
 * What products of earlier tests have said, lent to the next: each would spend seconds of a core on making the same
 * announcements again. A sound is named after all that makes it, and written once, so links of it do.
 */
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const POOL = path.join(tmpdir(), `yilu-test-speech-${process.getuid?.() ?? 0}`)

/** @param dataDir of a product that has not been started yet */
export async function lendSpoken(dataDir: string): Promise<void> {
  await bring(POOL, path.join(dataDir, 'tts'))
}

/** @param dataDir of a product that has ended */
export async function keepSpoken(dataDir: string): Promise<void> {
  await bring(path.join(dataDir, 'tts'), POOL)
}

async function bring(from: string, to: string): Promise<void> {
  for (const folder of await names(from)) {
    const [there, here] = await Promise.all([
      names(path.join(from, folder)),
      names(path.join(to, folder)),
    ])
    const has = new Set(here)
    const missing = there.filter((name) => /^\w+\.json$/.test(name) && !has.has(name))
    if (!missing.length) continue
    await mkdir(path.join(to, folder), { recursive: true })
    for (const sidecar of missing) {
      // what says that the sound is whole comes last
      for (const name of [sidecar.replace('.json', '.wav'), sidecar])
        await place(path.join(from, folder, name), path.join(to, folder, name))
    }
  }
}

const names = (folder: string) => readdir(folder).catch((): string[] => [])

/** Another test may bring the same at this moment. */
async function place(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return
    // folders on different disks
    const whole = `${to}.${process.pid}.copy`
    await copyFile(from, whole)
    await rename(whole, to).catch(() => rm(whole, { force: true }))
  }
}
