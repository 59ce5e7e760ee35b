import { SwapOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useRoute } from '../router.tsx'
import { DiffView } from './DiffView.tsx'
import type { Doc } from './doc.ts'
import { useVersionDoc, useVersions } from './useVersions.ts'

/** the draft stands among the versions as 0 */
const DRAFT = 0

interface Props {
  flowId: string
  draft: Doc
  live: number | undefined
}

/** Any two versions, or a version and the draft, as a difference to be read. */
export function Compare({ flowId, draft, live }: Props) {
  const t = useT('flows')
  const asked = Number(useRoute().query.get('from')) || undefined
  const versions = useVersions(flowId)
  const [chosen, choose] = useState<[number | undefined, number]>([asked, DRAFT])
  const [older, newer] = [chosen[0] ?? live ?? DRAFT, chosen[1]]
  const olderDoc = useVersionDoc(flowId, older || undefined)
  const newerDoc = useVersionDoc(flowId, newer || undefined)
  const options = [
    { value: DRAFT, label: t('draft') },
    ...(versions.data ?? []).map(({ version, live: isLive }) => ({
      value: version,
      label: `${t('version', { version })}${isLive ? ` · ${t('isLive')}` : ''}`,
    })),
  ]
  const select = (label: string, value: number, onChange: (value: number) => void) => (
    <label>
      {label}{' '}
      <Select<number>
        style={{ minWidth: 160 }}
        value={value}
        options={options}
        onChange={onChange}
      />
    </label>
  )
  const given = { data: draft, error: undefined, refetch: () => Promise.resolve() }
  return (
    <>
      <div className="bar">
        {select(t('older'), older, (value) => choose([value, newer]))}
        <Button
          icon={<SwapOutlined aria-hidden />}
          aria-label={t('swap')}
          onClick={() => choose([newer, older])}
        />
        {select(t('newer'), newer, (value) => choose([older, value]))}
        <span className="quiet">{t('compareHint')}</span>
      </div>
      <Load of={older === DRAFT ? given : olderDoc}>
        {(left) => (
          <Load of={newer === DRAFT ? given : newerDoc}>
            {(right) => <DiffView older={left} newer={right} />}
          </Load>
        )}
      </Load>
    </>
  )
}
