import { PlusOutlined } from '@ant-design/icons'
import { Button, Card, Form } from 'antd'
import { useT } from '../../i18n/index.ts'
import { ChoiceLine } from './ChoiceLine.tsx'
import type { ListName } from './choicesForm.ts'

/** One list to choose from; agents see it in this order. */
export function ChoiceList({ list }: { list: ListName }) {
  const t = useT('settings')
  const words = useT('records')
  return (
    <Card size="small" title={t(`choices.${list}`)}>
      <p className="quiet">{t(`choices.${list}Hint`)}</p>
      <Form.List name={list}>
        {(fields, { add, remove, move }) => (
          <>
            {fields.length === 0 && <p className="quiet">{t('choices.empty')}</p>}
            {fields.map(({ key, name }) => (
              <ChoiceLine
                key={key}
                list={list}
                name={name}
                last={name === fields.length - 1}
                onMove={(by) => move(name, name + by)}
                onRemove={() => remove(name)}
              />
            ))}
            <Button
              type="dashed"
              block
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ name: { zh: '', en: '' } })}
            >
              {words('add')}
            </Button>
          </>
        )}
      </Form.List>
    </Card>
  )
}
