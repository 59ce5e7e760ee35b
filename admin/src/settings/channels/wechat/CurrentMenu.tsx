import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { PhonePreview } from './PhonePreview.tsx'
import { draftOf } from './menuDraft.ts'
import { useCurrentMenu } from './useMenu.ts'

/** What tourists see now, whoever published it. */
export function CurrentMenu({ accountId }: { accountId: string }) {
  const t = useT('settings')
  const current = useCurrentMenu(accountId)
  return (
    <section className="part" aria-labelledby="menu-live">
      <h3 id="menu-live">{t('channels.menu.live')}</h3>
      <Load of={current}>
        {({ menu, foreign }) =>
          menu ? (
            <PhonePreview draft={draftOf(menu)} />
          ) : (
            <p className="quiet">{t(foreign ? 'channels.menu.foreign' : 'channels.menu.none')}</p>
          )
        }
      </Load>
    </section>
  )
}
