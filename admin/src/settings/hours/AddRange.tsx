import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { datesBetween } from './datesBetween.ts'
import type { ExceptionValues } from './scheduleForm.ts'

/** A holiday of several days, as it is announced: from then to then. */
export function AddRange() {
  const t = useT('settings')
  const own = useT('settings/hours')
  const form = Form.useFormInstance()
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [kind, setKind] = useState<ExceptionValues['kind']>('holiday')
  const [name, setName] = useState('')
  const dates = datesBetween(from, to)
  const add = () => {
    if (!dates) return
    const known = (form.getFieldValue('exceptions') as ExceptionValues[] | undefined) ?? []
    const others = known.filter(({ date }) => !dates.includes(date))
    // a make-up day is worked like the days it makes up for
    const week = (form.getFieldValue('week') as string[] | undefined) ?? []
    const usual = [1, 2, 3, 4, 5].map((day) => week[day]).find(Boolean) ?? ''
    const periods = kind === 'workday' ? usual : ''
    const added = dates.map((date) => ({ date, kind, periods, name }))
    form.setFieldValue('exceptions', [...others, ...added])
    setOpen(false)
    setFrom('')
    setTo('')
    setName('')
  }
  if (!open) return <Button onClick={() => setOpen(true)}>{own('addRange')}</Button>
  const date = (label: string, value: string, set: (value: string) => void) => (
    <Input
      type="date"
      aria-label={label}
      value={value}
      onChange={(event) => set(event.target.value)}
    />
  )
  return (
    <div className="range" role="group" aria-label={own('addRange')}>
      {date(own('from'), from, setFrom)} – {date(own('to'), to, setTo)}
      <Select
        aria-label={t('hours.kind')}
        value={kind}
        onChange={setKind}
        options={(['holiday', 'workday'] as const).map((value) => ({
          value,
          label: t(`hours.kinds.${value}`),
        }))}
      />
      <Input
        aria-label={t('hours.reason')}
        placeholder={t('hours.reason')}
        maxLength={64}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="primary" disabled={!dates} onClick={add}>
        {own('add')}
      </Button>
      {from && to && !dates && (
        <div role="alert" className="wrong">
          {own('wrongOrder')}
        </div>
      )}
    </div>
  )
}
