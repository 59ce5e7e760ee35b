import { hotkeyTargets } from '../parts.ts'
import type { BlockId, Hotkey } from '../schema.ts'
import type { Check } from './check.ts'

/** HOTKEY, HOTKEY_EMPTY, DTMF_KEY, DTMF_DUP, SOS_HOURS, NO_AGENT_KEY. */
export function checkHotkeys(check: Check): void {
  const hotkeys = check.doc.hotkeys ?? []
  const keys = new Set<string>()
  const taken = (key: string, where: string) => {
    const double = keys.has(`${where} ${key}`)
    keys.add(`${where} ${key}`)
    return double
  }
  for (const [at, hotkey] of hotkeys.entries()) {
    const { id: name, target, dtmf: key } = hotkey
    const place = (field: string) => ({ field: `hotkeys.${at}${field}` })
    const known = (hotkeyTargets as readonly string[]).includes(target) || check.has(target)
    if (!known) check.add('HOTKEY', place('.target'), { name, target })
    const words = Object.values(hotkey.say ?? {}).flat()
    if (key === undefined && words.length === 0) check.add('HOTKEY_EMPTY', place(''), { name })
    if (key !== undefined && !/^[0-9*#]{1,2}$/.test(key))
      check.add('DTMF_KEY', place('.dtmf'), { key })
    // 0 may mean another thing while waiting than it means before
    const places = hotkey.whileQueued === 'only' ? ['queue'] : ['flow', ...(hotkey.whileQueued ? ['queue'] : [])] // prettier-ignore
    if (key !== undefined && places.filter((where) => taken(key, where)).length > 0)
      check.add('DTMF_DUP', place('.dtmf'), { key })
    if (hotkey.emergency) checkEmergency(check, hotkey)
  }
  const asks = check.blocks.some(([, block]) => block.type === 'menu' || block.type === 'faq')
  const reachesPerson = hotkeys.some(
    ({ target, emergency }) => !emergency && leadsToQueue(check, target),
  )
  if (check.doc.kind === 'main' && asks && !reachesPerson)
    check.add('NO_AGENT_KEY', { field: 'hotkeys' })
}

/** Straight ahead, without another question? */
function straight(check: Check, target: BlockId): Set<BlockId> {
  return check.reach([target], (id) => !check.alwaysWaits(id))
}

function leadsToQueue(check: Check, target: BlockId): boolean {
  return [...straight(check, target)].some((id) => check.doc.blocks[id]?.type === 'queue')
}

function checkEmergency(check: Check, { id: name, target }: Hotkey): void {
  for (const via of straight(check, target))
    if (check.doc.blocks[via]?.type === 'hours')
      check.add('SOS_HOURS', { block: via }, { name, via })
}
