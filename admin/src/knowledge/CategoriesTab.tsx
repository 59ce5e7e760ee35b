import { App, Form, InputNumber } from 'antd'
import { createCategoryBody, updateCategoryBody } from '../../../gateway/knowledge/schema.ts'
import type { CategoryView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useName, useT } from '../i18n/index.ts'
import { NameFields } from '../records/NameFields.tsx'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { RemoveButton } from '../records/RemoveButton.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'
import { ListTab } from '../settings/ListTab.tsx'
import { CATEGORIES } from './useCategories.ts'

const TOUCHES = [CATEGORIES, '/knowledge']

export function CategoriesTab() {
  const t = useT('knowledge')
  const name = useName()
  return (
    <ListTab<CategoryView>
      path={CATEGORIES}
      name={t('tabs.categories')}
      hint={t('category_.hint')}
      empty={t('category_.empty')}
      titleOf={(each) => name(each.name)}
      drawer={(each, close) => <CategoryDrawer category={each} onClose={close} />}
      columns={[
        { title: t('tabs.entries'), dataIndex: 'entries', width: 100, align: 'right' },
        { title: t('category_.order'), dataIndex: 'order', width: 100, align: 'right' },
      ]}
    />
  )
}

interface Props {
  category: CategoryView | undefined
  onClose(): void
}
type Values = Pick<CategoryView, 'name'> & { order: number }

function CategoryDrawer({ category, onClose }: Props) {
  const t = useT('knowledge')
  const { message } = App.useApp()
  const edit = useRecordForm<CategoryView, Values>({
    record: category,
    toValues: (stored) => ({
      name: stored?.name ?? { zh: '', en: '' },
      order: stored?.order ?? 0,
    }),
    schema: category ? updateCategoryBody : createCategoryBody,
    send: (body) =>
      category
        ? api.patch(`${CATEGORIES}/${category.id}`, body)
        : api.post<CategoryView>(CATEGORIES, body),
    reload: async (stale) =>
      (await api.get<{ items: CategoryView[] }>(CATEGORIES)).items.find(
        ({ id }) => id === stale.id,
      ) ?? stale,
    touches: TOUCHES,
    onSaved: () => {
      void message.success(t('category_.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={t(category ? 'category_.edit' : 'category_.create')}
      edit={edit}
      onClose={onClose}
      aside={
        category && (
          <RemoveButton
            path={`${CATEGORIES}/${category.id}`}
            title={t('category_.removeTitle')}
            text={t('category_.removeText')}
            touches={TOUCHES}
            onRemoved={onClose}
          />
        )
      }
    >
      <NameFields />
      {category && (
        <Form.Item name="order" label={t('category_.order')}>
          <InputNumber min={0} max={10_000} precision={0} />
        </Form.Item>
      )}
    </RecordDrawer>
  )
}
