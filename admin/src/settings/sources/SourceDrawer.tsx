import { Alert, Button, Drawer } from 'antd'
import { useState } from 'react'
import type { SourceDetail, SourceKind, SourceView } from '../../../../gateway/sources/schema.ts'
import { sourceKinds } from '../../../../gateway/sources/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { useOne } from '../../records/useOne.ts'
import { SourceForm } from './SourceForm.tsx'
import { SourceState } from './SourceState.tsx'

interface Props {
  source: SourceView | undefined
  onClose(): void
}

/** One source: its form, or first the choice of what a new one is. */
export function SourceDrawer({ source, onClose }: Props) {
  const [kind, choose] = useState<SourceKind>()
  if (source) return <Existing source={source} onClose={onClose} />
  if (kind) return <SourceForm kind={kind} onClose={onClose} />
  return <KindChoice onChoose={choose} onClose={onClose} />
}

function Existing({ source, onClose }: { source: SourceView; onClose(): void }) {
  const t = useT('settings/sources')
  const name = useName()
  const detail = useOne<SourceDetail>('/sources', source.id)
  const title = name(source.name) || source.id
  if (source.origin === 'file')
    return (
      <Drawer open title={title} size={640} onClose={onClose}>
        <Alert type="info" showIcon title={t('fileHint')} />
        <SourceState source={source} />
      </Drawer>
    )
  if (!detail.data || detail.isFetching)
    return (
      <Drawer open title={title} size={820} onClose={onClose}>
        <Load of={{ ...detail, data: undefined }}>{() => null}</Load>
      </Drawer>
    )
  return <SourceForm kind={source.kind} view={source} detail={detail.data} onClose={onClose} />
}

function KindChoice({ onChoose, onClose }: { onChoose(kind: SourceKind): void; onClose(): void }) {
  const t = useT('settings/sources')
  return (
    <Drawer open title={t('new')} size={560} onClose={onClose}>
      <p className="quiet">{t('chooseKind')}</p>
      <div className="source-kinds">
        {sourceKinds.map((kind) => (
          <Button key={kind} block onClick={() => onChoose(kind)}>
            <b>{t(`kinds.${kind}`)}</b>
            <span className="quiet">{t(`kindHints.${kind}`)}</span>
          </Button>
        ))}
      </div>
    </Drawer>
  )
}
