import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** sun_path of unix(7) holds 108 bytes with its NUL; macOS has 104. */
const MAX_SOCKET_PATH_BYTES = 103

/**
 * The path to listen at: `wanted`, or a short one below the temporary folder, in a folder of our own,
 * if `wanted` is longer than the system can take.
 */
export function fittingSocketPath(wanted: string): string {
  if (Buffer.byteLength(wanted) <= MAX_SOCKET_PATH_BYTES) return wanted
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const uid = process.getuid?.() ?? 0
  const folder = join(tmpdir(), `yilu-${uid}-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = statSync(folder)
  if (found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} belongs to someone else; set a shorter path for the data folder`)
  }
  return join(folder, 'engine.sock')
}

/** Remove the socket of an engine that is gone. Throws if one answers there. */
export async function freeSocketPath(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
  if (answered) throw new Error(`another engine is listening at ${path}; stop it first`)
  rmSync(path, { force: true })
}
