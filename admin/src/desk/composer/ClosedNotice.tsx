import { FileDoneOutlined, MailOutlined, MessageOutlined, PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Reach } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDialog } from '../actions/useDialog.ts'
import { useWritableAccounts } from '../actions/useWritableAccounts.ts'

interface Props {
  reach: Reach
  onTemplate(): void
}

/** Why nothing can be written now, and what can be done instead. */
export function ClosedNotice({ reach, onTemplate }: Props) {
  const t = useT('desk')
  const { show } = useDialog()
  const writable = useWritableAccounts().filter(({ id }) => id !== reach.accountId)
  const by = (channel: string) => writable.some((each) => each.channel === channel)
  return (
    <div className="composer-closed" role="status">
      <p>
        {reach.templatesOnly ? (
          t('composer.closed.templatesOnly')
        ) : (
          <>
            <b>{t('composer.closed.title')}</b>{' '}
            {t('composer.closed.why', { channel: t(`channel.${reach.channel}`) })}
          </>
        )}{' '}
        {t(reach.templates ? 'composer.closed.withTemplates' : 'composer.closed.without')}
      </p>
      <div>
        {reach.templates && (
          <Button
            type="primary"
            size="small"
            icon={<FileDoneOutlined aria-hidden />}
            onClick={onTemplate}
          >
            {t('composer.template.open')}
          </Button>
        )}
        {by('sms') && (
          <Button
            size="small"
            icon={<MessageOutlined aria-hidden />}
            onClick={() => show('writeSms')}
          >
            {t('write.sms')}
          </Button>
        )}
        {by('email') && (
          <Button
            size="small"
            icon={<MailOutlined aria-hidden />}
            onClick={() => show('writeEmail')}
          >
            {t('write.email')}
          </Button>
        )}
        <Button
          size="small"
          icon={<PhoneOutlined aria-hidden />}
          onClick={() => show('callContact')}
        >
          {t('composer.closed.call')}
        </Button>
      </div>
    </div>
  )
}
