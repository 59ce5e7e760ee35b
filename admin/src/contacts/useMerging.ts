import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { createElement } from 'react'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'

/** What shows contacts, wherever: the desk keeps its own questions. */
const touched = ['contact', 'contacts', 'conversations', 'tickets']

/** Merges a suggested contact in, parts them again, or says that they are two people. */
export function useMerging(contactId: string) {
  const t = useT('contacts')
  const queries = useQueryClient()
  const { message } = App.useApp()
  const refresh = () =>
    Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] })))
  const undo = useMutation({
    mutationFn: (mergeId: string) => api.post(`/merges/${mergeId}/undo`),
    onSuccess: async () => {
      void message.success(t('undone'))
      await refresh()
    },
  })
  const merge = useMutation({
    mutationFn: (loserId: string) =>
      api.post<{ mergeId: string }>(`/contacts/${contactId}/merge`, { loserId }),
    onSuccess: async ({ mergeId }) => {
      void message.success({
        content: [
          t('mergedDone'),
          createElement(
            Button,
            { key: 'undo', type: 'link', size: 'small', onClick: () => undo.mutate(mergeId) },
            t('undo'),
          ),
        ],
        // long enough to think again
        duration: 8,
      })
      await refresh()
    },
  })
  const dismiss = useMutation({
    mutationFn: (otherId: string) =>
      api.post(`/contacts/${contactId}/suggestions/dismiss`, { otherId }),
    onSuccess: refresh,
  })
  return { merge, undo, dismiss, refresh }
}
