import { Modal } from 'antd'
import type { AccountKindView } from '../../../../gateway/accounts/schema.ts'
import { ChannelIcon } from '../../desk/ChannelIcon.tsx'
import { useName, useT } from '../../i18n/index.ts'
import { ItemsOrEmpty } from './ItemsOrEmpty.tsx'

interface Props {
  kinds: AccountKindView[]
  onChoose(kind: AccountKindView): void
  onClose(): void
}

/** What can be added: one card per kind of account, with a sentence that says when it is the right one. */
export function KindChooser({ kinds, onChoose, onClose }: Props) {
  const t = useT('settings')
  const say = useName()
  return (
    <Modal open title={t('channels.choose')} footer={null} width={760} onCancel={onClose}>
      <ItemsOrEmpty empty={t('channels.noKinds')} count={kinds.length}>
        <ul className="kinds">
          {kinds.map((kind) => (
            <li key={kind.kind}>
              <button type="button" onClick={() => onChoose(kind)}>
                <span aria-hidden>
                  <ChannelIcon channel={kind.channel} />
                </span>
                <b>{say(kind.name)}</b>
                <span className="quiet">
                  {t(`channels.kinds.${kind.kind}`, { defaultValue: say(kind.notice) })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </ItemsOrEmpty>
    </Modal>
  )
}
