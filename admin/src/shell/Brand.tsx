import mark from '../brand.svg'
import { useT } from '../i18n/index.ts'

export function Brand() {
  const t = useT('shell')
  return (
    <span className="brand">
      <img src={mark} alt="" width={32} height={32} />
      <span>{t('brand')}</span>
    </span>
  )
}
