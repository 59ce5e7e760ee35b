import { Input, Select } from 'antd'
import type { Expected } from '../../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'
import { blockName } from '../../../../../bots/flow/block-names.ts'
import { useLang, useT } from '../../../i18n/index.ts'
import { readValue, writtenValue } from '../value-text.ts'

interface Props {
  doc: FlowDoc
  expected: Expected
  onChange(expected: Expected): void
}

const statuses = ['wait', 'dialog', 'queued', 'transferring', 'ended'] as const
const effects = ['handoff', 'voicemail', 'leave', 'transfer', 'attach', 'end'] as const

/** What must be so after the step before; an empty field expects nothing. */
export function ExpectFields({ doc, expected, onChange }: Props) {
  const t = useT('flows/trial')
  const side = useLang() === 'en' ? 'en' : 'zh'
  const set = <K extends keyof Expected>(name: K, value: Expected[K] | undefined) => {
    const { [name]: _old, ...rest } = expected
    onChange(value === undefined || value === '' ? rest : { ...rest, [name]: value })
  }
  const says = [expected.say ?? []].flat()
  const queues = new Set(
    Object.values(doc.blocks).flatMap((block) => ('queue' in block ? [block.queue] : [])),
  )
  return (
    <div className="trial-expect">
      <label>
        {t('expect.say')}
        <Input.TextArea
          size="small"
          autoSize={{ minRows: 1, maxRows: 6 }}
          value={says.join('\n')}
          placeholder={t('expect.sayHint')}
          onChange={({ target }) => {
            const lines = target.value.split('\n')
            set('say', lines.length > 1 ? lines : lines[0])
          }}
        />
      </label>
      <label>
        {t('expect.notSay')}
        <Input
          size="small"
          value={expected.notSay ?? ''}
          onChange={({ target }) => set('notSay', target.value)}
        />
      </label>
      <label>
        {t('expect.block')}
        <Select
          size="small"
          allowClear
          showSearch
          value={expected.block}
          options={Object.keys(doc.blocks).map((value) => ({
            value,
            label: blockName(doc.blocks, value, side),
            title: value,
          }))}
          onChange={(value) => set('block', value)}
        />
      </label>
      <label>
        {t('expect.status')}
        <Select
          size="small"
          allowClear
          value={expected.status}
          options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(value) => set('status', value)}
        />
      </label>
      <label>
        {t('expect.queue')}
        <Select
          size="small"
          allowClear
          value={expected.queue}
          options={[...queues].map((value) => ({ value, label: value }))}
          onChange={(value) => set('queue', value)}
        />
      </label>
      <label>
        {t('expect.effect')}
        <Select
          size="small"
          allowClear
          value={expected.effect}
          options={effects.map((value) => ({ value, label: t(`expect.effects.${value}`) }))}
          onChange={(value) => set('effect', value)}
        />
      </label>
      <Vars vars={expected.vars ?? {}} doc={doc} onChange={(vars) => set('vars', vars)} />
    </div>
  )
}

interface VarsProps {
  doc: FlowDoc
  vars: Record<string, unknown>
  onChange(vars: Record<string, unknown> | undefined): void
}

function Vars({ doc, vars, onChange }: VarsProps) {
  const t = useT('flows/trial')
  const put = (next: Record<string, unknown>) =>
    onChange(Object.keys(next).length > 0 ? next : undefined)
  const free = [...(doc.vars ?? []), ...(doc.params ?? [])]
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(vars, name))
  return (
    <>
      {Object.entries(vars).map(([name, value]) => (
        <label key={name}>
          {t('expect.var', { name })}
          <Input
            size="small"
            allowClear
            value={writtenValue(value)}
            onChange={({ target }) => {
              const { [name]: _old, ...rest } = vars
              const typed = readValue(target.value)
              put(typed === undefined ? rest : { ...vars, [name]: typed })
            }}
          />
        </label>
      ))}
      {free.length > 0 && (
        <label>
          {t('expect.addVar')}
          <Select
            size="small"
            value={null}
            showSearch
            options={free.map((value) => ({ value, label: value }))}
            onChange={(name: string | null) => name !== null && put({ ...vars, [name]: true })}
          />
        </label>
      )}
    </>
  )
}
