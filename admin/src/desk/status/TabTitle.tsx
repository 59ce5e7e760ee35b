import { useEffect } from 'react'
import { useT } from '../../i18n/index.ts'
import { wanting } from '../inbox/sections.ts'
import { useDeskState } from '../useDesk.ts'

/** The tab says how many conversations want me while I look at another one. */
export function TabTitle() {
  const t = useT('shell')
  const count = useDeskState(wanting)
  const brand = t('brand')
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${brand}` : brand
    return () => {
      document.title = brand
    }
  }, [count, brand])
  return null
}
