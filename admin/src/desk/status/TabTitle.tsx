import { useEffect, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { wanting } from '../inbox/sections.ts'
import { ringingFor } from '../phone/ringingFor.ts'
import { useContactName } from '../useContactName.ts'
import { useDeskState } from '../useDesk.ts'

const BLINK_MS = 1000

/** The tab says how many conversations want me while I look at another one, and blinks while it rings. */
export function TabTitle() {
  const t = useT('shell')
  const count = useDeskState(wanting)
  const words = useT('desk')
  const contactName = useContactName()
  const ringing = useDeskState(ringingFor)
  const brand = t('brand')
  const plain = count > 0 ? `(${count}) ${brand}` : brand
  const loud = ringing && `☎ ${words('phone.title', { name: contactName(ringing) })}`
  const [blink, setBlink] = useState(false)
  useEffect(() => {
    if (!loud) return
    const timer = setInterval(() => setBlink((on) => !on), BLINK_MS)
    return () => clearInterval(timer)
  }, [loud])
  useEffect(() => {
    document.title = loud && !blink ? loud : plain
    return () => {
      document.title = brand
    }
  }, [plain, loud, blink, brand])
  return null
}
