import { CustomerServiceOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useDesk, useDeskState } from './useDesk.ts'

/** The middle of the desk while no conversation is on screen: says what to do next. */
export function NothingChosen() {
  const t = useT('desk')
  const desk = useDesk()
  const showError = useErrorToast()
  const any = useDeskState((state) => Object.keys(state.cards).length > 0)
  const mine = useDeskState((state) => state.agents[state.me?.id ?? '']?.state)
  const which = mine === 'ready' || mine === 'wrapUp' ? (any ? 'choose' : 'ready') : 'notReady'
  const goReady = () => desk.request({ do: 'state', state: 'ready' }).catch(showError)
  return (
    <section className="nothing">
      <CustomerServiceOutlined className="nothing-mark" aria-hidden />
      <h2>{t(`empty.${which}`)}</h2>
      <p>{t(`empty.${which}Hint`)}</p>
      {which === 'notReady' && (
        <Button type="primary" size="large" onClick={goReady}>
          {t('empty.goReady')}
        </Button>
      )}
    </section>
  )
}
