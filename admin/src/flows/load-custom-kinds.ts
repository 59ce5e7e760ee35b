import { setCustomKinds } from '../../../bots/flow/custom-blocks.ts'
import type { CustomKind } from '../../../bots/flow/custom-blocks.ts'
import { api } from '../api/client.ts'

/**
 * Learns the kinds of blocks this installation added, before the first flow is drawn; they change only when the
 * server starts anew. Without them a flow can be edited all the same.
 */
export async function loadCustomKinds(): Promise<void> {
  try {
    setCustomKinds((await api.get<{ items: CustomKind[] }>('/flows/blocks')).items)
  } catch {
    setCustomKinds([])
  }
}
