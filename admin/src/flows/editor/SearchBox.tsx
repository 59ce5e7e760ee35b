import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { KindIcon } from '../canvas/KindIcon.tsx'
import { asString } from '../doc.ts'
import { blockOf } from '../document/blocks.ts'
import { searchBlocks } from '../document/search.ts'
import { useNames } from '../useNames.ts'
import { useFlowEditor } from './flow-editor.ts'

/** Finds blocks by what they say, by label and by id, and goes there. */
export function SearchBox() {
  const t = useT('flows/editor')
  const { doc, select } = useFlowEditor()
  const names = useNames()
  const [text, setText] = useState('')
  const found = useMemo(() => searchBlocks(doc, text), [doc, text])
  const options = found.map(({ id, excerpt }) => ({
    value: id,
    label: (
      <span className="block-found">
        <KindIcon type={asString(blockOf(doc, id)?.['type']) ?? ''} />
        <span>
          <b title={id}>{names(id)}</b>
          <small>{excerpt === '' || excerpt === names(id) ? id : excerpt}</small>
        </span>
      </span>
    ),
  }))
  return (
    <AutoComplete
      className="block-search"
      popupMatchSelectWidth={360}
      defaultActiveFirstOption
      value={text}
      options={options}
      onChange={(value: string) => setText(value)}
      onSelect={(id: string) => {
        select([id], { bringIntoView: true })
        setText('')
      }}
      notFoundContent={text.trim() === '' ? null : t('nothingFound')}
    >
      <Input
        size="small"
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('search')}
        placeholder={t('search')}
      />
    </AutoComplete>
  )
}
