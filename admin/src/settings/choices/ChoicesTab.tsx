import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { useDeskChoices } from '../../records/useDeskChoices.ts'
import { ChoicesForm } from './ChoicesForm.tsx'

export function ChoicesTab() {
  const t = useT('settings')
  const choices = useDeskChoices()
  return (
    <>
      <p className="quiet">{t('choices.hint')}</p>
      <Load of={choices}>{(stored) => <ChoicesForm stored={stored} />}</Load>
    </>
  )
}
