import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { useName } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'

type Named = { id: string; name?: { zh: string; en: string } | string }
type Option = { value: string; label: string }

/** where the things that flows name are listed, for kinds whose list this role may read */
const paths = {
  queue: '/queues',
  skill: '/skills',
  schedule: '/schedules',
  ticketKind: '/ticket-kinds',
  source: '/sources',
  mailbox: '/mailboxes',
} as const

/** What there is of a kind that flows can name. */
export function useNamed(): (kind: string) => Option[] {
  const name = useName()
  const queue = useItems<Named>(paths.queue).data
  const skill = useItems<Named>(paths.skill).data
  const schedule = useItems<Named>(paths.schedule).data
  const ticketKind = useItems<Named>(paths.ticketKind).data
  const source = useItems<Named>(paths.source).data
  const mailbox = useItems<Named>(paths.mailbox).data
  const flow = useItems<FlowSummaryView>('/flows').data
  const lists: Record<string, Named[] | undefined> = {
    ...{ queue, skill, schedule, ticketKind, source, mailbox, flow },
  }
  return (kind) =>
    (lists[kind] ?? []).map((each) => ({
      value: each.id,
      label: typeof each.name === 'string' ? each.name : name(each.name) || each.id,
    }))
}
