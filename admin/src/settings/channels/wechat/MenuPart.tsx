import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { CurrentMenu } from './CurrentMenu.tsx'
import { MenuEditor } from './MenuEditor.tsx'
import { useMenu } from './useMenu.ts'
import './wechat.css'

/** The menu at the foot of an Official Account: a draft, and what is live. */
export function MenuPart({ account }: { account: AccountView }) {
  const t = useT('settings')
  const menu = useMenu(account.id)
  return (
    <>
      <p className="quiet">{t('channels.menu.hint')}</p>
      <Load of={menu}>
        {(stored) => (
          // a version of somebody else's begins the editor anew
          <MenuEditor key={stored.version} accountId={account.id} stored={stored} />
        )}
      </Load>
      <CurrentMenu accountId={account.id} />
    </>
  )
}
