import { App } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OutboxView } from '../../../gateway/accounts/schema.ts'
import { api } from '../api/client.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useConfirm } from '../records/useConfirm.ts'

/** Replaying and giving up, of one message or of many: each is done by itself, and told together. */
export function useManyActions() {
  const t = useT('delivery')
  const confirm = useConfirm()
  const showError = useErrorToast()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)

  async function each(ids: string[], act: (id: string) => Promise<unknown>, done: string) {
    setBusy(true)
    const failed: unknown[] = []
    // one after the other: they go to the same provider, and their order is kept
    for (const id of ids) await act(id).catch((error: unknown) => failed.push(error))
    setBusy(false)
    const count = ids.length - failed.length
    if (count > 0) void message.success(t(done, { count }))
    if (failed.length > 0 && ids.length === 1) showError(failed[0])
    else if (failed.length > 0) void message.warning(t('someFailed', { count: failed.length }))
    await Promise.all(
      ['outbox', 'outbox/summary', 'inbox/dead'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    )
  }

  return {
    busy,
    async replay(rows: OutboxView[]) {
      const unknown = rows.filter((row) => row.unknown).length
      const sure =
        unknown === 0 ||
        (await confirm({
          title: t('unknownTitle', { count: rows.length }),
          text: t('unknownText', { unknown }),
          ok: t('replay'),
          danger: true,
        }))
      // the oldest first, as they were said
      const ids = rows.toSorted((a, b) => a.atMs - b.atMs).map(({ id }) => id)
      if (sure) await each(ids, (id) => api.post(`/outbox/${id}/replay`, {}), 'replayed')
    },
    async discard(rows: OutboxView[]) {
      const sure = await confirm({
        title: t('discardTitle', { count: rows.length }),
        text: t('discardText'),
        ok: t('discard'),
        danger: true,
      })
      if (sure)
        await each(
          rows.map(({ id }) => id),
          (id) => api.delete(`/outbox/${id}`),
          'discarded',
        )
    },
    handleAgain: (ids: string[]) =>
      each(ids, (id) => api.post(`/inbox/${id}/replay`, {}), 'handled'),
  }
}
