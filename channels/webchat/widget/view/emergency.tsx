import { useRoom } from './context.ts'

/** A chat is no place to wait when life is at stake. */
export function Emergency() {
  const { t } = useRoom()
  return (
    <footer class="emergency">
      {t('emergency')} <a href="tel:110">{t('police')}</a> <a href="tel:120">{t('ambulance')}</a>
    </footer>
  )
}
