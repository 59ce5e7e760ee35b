import type { TicketView } from '../../../gateway/tickets/schema.ts'

type Entry = TicketView['log'][number]

/** One line of a ticket's story; an entry that both replied and noted makes two. */
export interface Line {
  key: string
  kind: 'reply' | 'note' | 'status'
  atMs: number
  by: Entry['by']
  text?: string
  status?: Entry['status']
}

/** Newest first: who opens a ticket wants to know how it stands, not how it began. */
export function timeline(log: readonly Entry[]): Line[] {
  return log
    .flatMap((entry, at): Line[] => {
      const base = { atMs: entry.atMs, by: entry.by }
      const lines: Line[] = []
      if (entry.status) lines.push({ ...base, key: `${at}s`, kind: 'status', status: entry.status })
      if (entry.note) lines.push({ ...base, key: `${at}n`, kind: 'note', text: entry.note })
      if (entry.reply) lines.push({ ...base, key: `${at}r`, kind: 'reply', text: entry.reply })
      return lines
    })
    .sort((a, b) => a.atMs - b.atMs)
    .reverse()
}
