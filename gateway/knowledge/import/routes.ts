import type { Route } from '../../api/route.ts'
import type { Entries } from '../entries.ts'
import type { Knowledge } from '../knowledge.ts'

export function importRoutes(_knowledge: Knowledge, _entries: Entries): Route[] {
  return []
}
