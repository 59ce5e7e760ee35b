import { readFileSync } from 'node:fs'
import type { Database, RootDatabase } from 'lmdb'

const OWNER = Buffer.from('#owner')

export class FolderInUse extends Error {
  constructor(holder: number) {
    super(`the data folder is in use by another engine (process ${holder}); stop it first`)
  }
}

/**
 * One engine per data folder: what it keeps in memory would not follow another's writes. The owner's
 * process id is written inside an LMDB write transaction, which only one process can hold, so two that
 * start together cannot both win. An owner that is gone is replaced; a number used again by another
 * process is told apart by the time that process started.
 */
export function claimOwnership(
  root: RootDatabase<Buffer, Buffer>,
  catalog: Database<Buffer, Buffer>,
): void {
  const holder = root.transactionSync(() => {
    const [pid = '', startedAt = ''] = (catalog.get(OWNER)?.toString() ?? '').split(' ')
    const other = Number(pid)
    if (other && other !== process.pid && isAlive(other) && startOf(other) === startedAt)
      return other
    catalog.putSync(OWNER, Buffer.from(`${process.pid} ${startOf(process.pid)}`))
    return 0
  })
  if (holder) {
    throw new FolderInUse(holder)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Start of a process in clock ticks since boot (proc(5), field 22 of stat); empty without /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // the second field is a name in parentheses that may hold spaces
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
