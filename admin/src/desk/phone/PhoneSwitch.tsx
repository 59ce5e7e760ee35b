import { AudioMutedOutlined, CheckOutlined, PhoneFilled, PhoneOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useErrorToast } from '../../api/useErrorToast.ts'
import type { PhoneDevice } from '../../../../gateway/domain/staff.ts'
import { useT } from '../../i18n/index.ts'
import { Link, navigate } from '../../router.tsx'
import { useSession } from '../../session/useSession.ts'
import { clock } from '../duration.ts'
import { useDesk, useDeskState } from '../useDesk.ts'
import { useServerNow } from '../useServerNow.ts'
import { DeviceDialog } from './DeviceDialog.tsx'
import { DialDialog } from './DialDialog.tsx'
import { myCall } from './myCall.ts'
import { useLine, usePhoneState } from './usePhone.ts'
import './phone.css'

/** In the header: what my telephone is, how my line stands, the way to call out and to the device test. */
export function PhoneSwitch() {
  const t = useT('desk')
  const desk = useDesk()
  const { can } = useSession()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const device = useDeskState((state) => state.agents[state.me?.id ?? '']?.device)
  const online = useDeskState((state) => state.link === 'online')
  const onCall = useDeskState(myCall)
  const [dialog, setDialog] = useState<'extension' | 'number' | 'dial'>()
  if (!device) return null

  const words = (one: PhoneDevice) =>
    one.kind === 'browser'
      ? t('phone.device.browser')
      : t(`phone.device.${one.kind}`, { number: one.number })
  const tick = (kind: PhoneDevice['kind']) => (
    <CheckOutlined
      className={kind === device.kind ? undefined : 'not-chosen'}
      aria-label={kind === device.kind ? t('phone.device.chosen') : ''}
      aria-hidden={kind !== device.kind}
    />
  )
  const set = (next: PhoneDevice) =>
    desk
      .request({ do: 'phone', device: next })
      .then(() => void message.success(t('phone.device.set', { device: words(next) })))
      .then(() => setDialog(undefined))
      .catch(showError)

  return (
    <>
      {onCall && <OnCall conversationId={onCall.conversationId} sinceMs={onCall.answeredAtMs} />}
      <Dropdown
        trigger={['click']}
        disabled={!online}
        menu={{
          items: [
            ...(can('serve')
              ? [
                  {
                    key: 'dial',
                    icon: <PhoneFilled aria-hidden />,
                    label: t('phone.device.dialOut'),
                    onClick: () => setDialog('dial'),
                  },
                  { type: 'divider' as const },
                ]
              : []),
            {
              key: 'use',
              type: 'group',
              label: t('phone.device.use'),
              children: [
                {
                  key: 'browser',
                  icon: tick('browser'),
                  label: t('phone.device.useBrowser'),
                  onClick: () => void set({ kind: 'browser' }),
                },
                {
                  key: 'extension',
                  icon: tick('extension'),
                  label: t('phone.device.useExtension'),
                  onClick: () => setDialog('extension'),
                },
                {
                  key: 'number',
                  icon: tick('number'),
                  label: t('phone.device.useNumber'),
                  onClick: () => setDialog('number'),
                },
              ],
            },
            { type: 'divider' },
            {
              key: 'test',
              label: t('phone.device.test'),
              onClick: () => navigate('/desk/phone-test'),
            },
          ],
        }}
      >
        <Button type="text" icon={<PhoneOutlined aria-hidden />}>
          <span className="seen-by-readers">{t('phone.device.label')} </span>
          <span className="head-words">{words(device)}</span>
        </Button>
      </Dropdown>
      {dialog === 'dial' && <DialDialog onClose={() => setDialog(undefined)} />}
      {(dialog === 'extension' || dialog === 'number') && (
        <DeviceDialog
          kind={dialog}
          current={device}
          onChoose={set}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  )
}

/** A call goes on while one looks something up in another room: how long, and the way back. */
function OnCall({
  conversationId,
  sinceMs,
}: {
  conversationId: string
  sinceMs: number | undefined
}) {
  const t = useT('desk')
  const nowMs = useServerNow()
  const line = useLine(conversationId)
  const elsewhere = usePhoneState((state) => state.elsewhere)
  const broken = !elsewhere && line?.fault
  return (
    <Link to={`/desk/${conversationId}`} className={`oncall${broken ? ' oncall-broken' : ''}`}>
      {broken ? <AudioMutedOutlined aria-hidden /> : <PhoneFilled aria-hidden />}{' '}
      <span className="seen-by-readers">
        {t('phone.device.back')}, {t(`phone.line.${line?.state ?? 'idle'}`)}
      </span>
      <span className="clock">{sinceMs ? clock(nowMs - sinceMs) : '…'}</span>
    </Link>
  )
}
