import { expect } from 'chai'
import type { QueueView, ScheduleView } from '../../../gateway/routing/schema.ts'
import {
  createQueueBody,
  putScheduleBody,
  updateQueueBody,
} from '../../../gateway/routing/schema.ts'
import { choicesBody } from '../../../admin/src/settings/choices/choicesForm.ts'
import { scheduleBody, scheduleValues } from '../../../admin/src/settings/hours/scheduleForm.ts'
import { queueBody, queueValues } from '../../../admin/src/settings/queues/queueForm.ts'

describe('a queue in the form', () => {
  const stored: QueueView = {
    ...createQueueBody.parse({ id: 'en', name: { zh: '英语', en: 'English' } }),
    skills: [{ skill: 'english', minLevel: 2 }],
    scheduleId: 'office',
    version: 4,
  }
  const sent = (change: object) =>
    updateQueueBody.parse(queueBody({ ...queueValues(stored), ...change }, stored))

  it('sends nothing but its version when nothing was changed', () => {
    expect(sent({})).to.deep.equal({ version: 4 })
  })
  it('takes the hours away with an explicit null', () => {
    expect(sent({ scheduleId: null })).to.deep.equal({ version: 4, scheduleId: null })
  })
  it('sends levels as the list the server keeps', () => {
    expect(sent({ skills: { english: 2, complaints: 3 } }).skills).to.deep.equal([
      { skill: 'english', minLevel: 2 },
      { skill: 'complaints', minLevel: 3 },
    ])
  })
  it('can be made new without hours', () => {
    const body = queueBody(
      { ...queueValues(undefined), id: 'vip', name: { zh: '贵宾', en: 'VIP' } },
      undefined,
    )
    expect(createQueueBody.safeParse(body).success).to.equal(true)
  })
})

describe('working hours in the form', () => {
  const stored: ScheduleView = {
    id: 'office',
    name: { zh: '办公', en: 'Office' },
    timezone: 'Asia/Shanghai',
    week: [[], ...Array.from({ length: 5 }, () => [{ fromMinute: 540, toMinute: 1080 }]), []],
    exceptions: [
      { date: '2027-02-06', kind: 'holiday', periods: [], name: '春节' },
      { date: '2026-10-10', kind: 'workday', periods: [{ fromMinute: 540, toMinute: 720 }] },
    ],
  }
  it('come back as they were, with the exceptions in order', () => {
    const { id: _id, ...back } = scheduleBody(scheduleValues(stored)) as ScheduleView
    expect(putScheduleBody.parse(back)).to.deep.equal({
      name: stored.name,
      timezone: stored.timezone,
      week: stored.week,
      exceptions: [stored.exceptions[1], stored.exceptions[0]],
    })
  })
  it('are refused at the very day whose hours cannot be read', () => {
    const values = scheduleValues(stored)
    values.week[3] = '9 o’clock'
    const result = putScheduleBody.safeParse(scheduleBody(values))
    const places = result.error?.issues.map(({ path }) => path.join('/'))
    expect([...new Set(places)]).to.deep.equal(['week/3'])
  })
})

describe('what agents choose from', () => {
  const line = (zh: string, en: string, id?: string) => ({ name: { zh, en }, ...(id && { id }) })
  it('gets its ids once, each unlike the others, and loses lines left empty', () => {
    const body = choicesBody(
      {
        wrapUpCodes: [line('已解决', 'Solved', 'solved'), line('解决', ' Solved '), line('', '')],
        busyReasons: [line('午餐', 'Lunch')],
        departments: [line('市场科', '')],
      },
      () => 'made',
    )
    expect(body).to.deep.equal({
      wrapUpCodes: [
        { id: 'solved', name: { zh: '已解决', en: 'Solved' } },
        { id: 'made', name: { zh: '解决', en: 'Solved' } },
      ],
      busyReasons: [{ id: 'lunch', name: { zh: '午餐', en: 'Lunch' } }],
      departments: [{ id: 'made', name: { zh: '市场科', en: '' } }],
    })
  })
})
