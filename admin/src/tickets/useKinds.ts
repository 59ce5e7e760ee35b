import type { TicketKindView } from '../../../gateway/tickets/schema.ts'
import { useName } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'

/** Kinds of tickets with their names, and the names of their fields. */
export function useKinds() {
  const name = useName()
  const kinds = useItems<TicketKindView>('/ticket-kinds')
  const find = (id: string) => kinds.data?.find((kind) => kind.id === id)
  return {
    kinds,
    find,
    nameOf: (id: string) => name(find(id)?.name) || id,
    fieldName: (kindId: string, fieldId: string) =>
      name(find(kindId)?.fields.find((field) => field.id === fieldId)?.name) || fieldId,
    options: (kinds.data ?? []).map((kind) => ({ value: kind.id, label: name(kind.name) })),
  }
}
