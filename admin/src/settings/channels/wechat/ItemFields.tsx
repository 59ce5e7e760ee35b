import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { ITEM_NAME_BYTES, MENU_NAME_BYTES } from '../../../../../channels/wechat/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { bytesOf, fieldsOf, itemTypes } from './menuDraft.ts'
import type { DraftItem, MenuIssue, Place } from './menuDraft.ts'

interface Props {
  item: DraftItem
  /** opens a list, and does nothing else */
  list: boolean
  place: Place
  issues: MenuIssue[]
  onChange(change: Partial<DraftItem>): void
  onMove(by: -1 | 1): void
  onRemove(): void
}

/** What a button or an entry is called, and what a tap on it does. */
export function ItemFields({ item, list, place, issues, onChange, onMove, onRemove }: Props) {
  const t = useT('settings')
  const most = place.length === 1 ? MENU_NAME_BYTES : ITEM_NAME_BYTES
  const line = (field: MenuIssue['field'], label: string, extra: string, input: ReactNode) => {
    const issue = issues.find((each) => each.field === field)
    return (
      <Form.Item
        key={field}
        label={label}
        htmlFor={`menu-${field}`}
        required
        extra={extra}
        {...(issue && { validateStatus: 'error' as const, help: issue.text })}
      >
        {input}
      </Form.Item>
    )
  }
  return (
    <Form layout="vertical" className="record-form">
      {line(
        'name',
        t('channels.menu.name'),
        t('channels.menu.nameHint', { bytes: bytesOf(item.name.trim()), most }),
        <Input
          id="menu-name"
          value={item.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />,
      )}
      {list ? (
        <p className="quiet">{t('channels.menu.isList')}</p>
      ) : (
        <>
          <Form.Item
            label={t('channels.menu.type')}
            htmlFor="menu-type"
            extra={t(`channels.menu.typeHints.${item.type}`)}
          >
            <Select
              id="menu-type"
              value={item.type}
              onChange={(type) => onChange({ type })}
              options={itemTypes.map((value) => ({
                value,
                label: t(`channels.menu.types.${value}`),
              }))}
            />
          </Form.Item>
          {(fieldsOf[item.type] ?? []).map((field) =>
            line(
              field,
              t(`channels.menu.fields.${field}`),
              t(`channels.menu.fieldHints.${field}`),
              <Input
                id={`menu-${field}`}
                value={item.fields[field] ?? ''}
                spellCheck={field === 'says'}
                onChange={(event) =>
                  onChange({ fields: { ...item.fields, [field]: event.target.value } })
                }
              />,
            ),
          )}
        </>
      )}
      <div className="bar">
        <Button icon={<ArrowLeftOutlined aria-hidden />} onClick={() => onMove(-1)}>
          {t('channels.menu.forward')}
        </Button>
        <Button icon={<ArrowRightOutlined aria-hidden />} onClick={() => onMove(1)}>
          {t('channels.menu.back')}
        </Button>
        <Button danger icon={<DeleteOutlined aria-hidden />} onClick={onRemove}>
          {t('channels.menu.remove')}
        </Button>
      </div>
    </Form>
  )
}
