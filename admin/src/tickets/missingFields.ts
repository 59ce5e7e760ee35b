import type { TicketKindView } from '../../../gateway/tickets/schema.ts'

/** Fields a kind asks for that were left empty. */
export function missingFields(
  kind: Pick<TicketKindView, 'fields'> | undefined,
  fields: Record<string, unknown>,
): string[] {
  return (kind?.fields ?? [])
    .filter(({ id, required }) => required && (fields[id] ?? '') === '')
    .map(({ id }) => id)
}
