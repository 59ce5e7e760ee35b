import { useQuery } from '@tanstack/react-query'
import type { CurrentMenuView, MenuView } from '../../../../../channels/wechat/schema.ts'
import { api } from '../../../api/client.ts'
import { keyOf } from '../../../records/keyOf.ts'

export const menuPath = (accountId: string) => `/wechat/${accountId}/menu`

export function useMenu(accountId: string) {
  return useQuery({
    queryKey: [keyOf(menuPath(accountId))],
    queryFn: () => api.get<MenuView>(menuPath(accountId)),
    // what is being edited is not taken from under one's hands
    refetchOnWindowFocus: false,
  })
}

/** What WeChat shows at this moment, asked of WeChat. */
export function useCurrentMenu(accountId: string) {
  return useQuery({
    queryKey: [keyOf(`${menuPath(accountId)}/current`)],
    queryFn: () => api.get<CurrentMenuView>(`${menuPath(accountId)}/current`),
  })
}
