/** What a fresh installation starts with: an administrator, the sample hotline, and on wish demo agents. */
import { randomBytes } from 'node:crypto'
import {
  sampleCategories,
  sampleFlows,
  sampleIntents,
  sampleKnowledge,
  sampleQueues,
  sampleSchedules,
  sampleSynonyms,
  sampleTicketKinds,
} from '../bots/samples/hotline/index.ts'
import { CannedReplyModel, SettingModel } from './desk/model.ts'
import type { Queue } from './domain/queue.ts'
import type { Flows } from './flows/flows.ts'
import { AccountModel } from './intake/model.ts'
import { seedIntents } from './intents/seed.ts'
import { migrateCategories } from './knowledge/categories.ts'
import { CategoryModel, KnowledgeModel } from './knowledge/model.ts'
import { seedSynonyms } from './knowledge/synonyms.ts'
import { seedHolidays, usualHours } from './routing/holidays.ts'
import { QueueModel, ScheduleModel, SkillModel } from './routing/model.ts'
import { createQueueBody } from './routing/schema.ts'
import { StaffModel } from './staff/model.ts'
import { oneTimePassword } from './staff/password.ts'
import type { NewStaff, Staff } from './staff/staff.ts'
import { newId } from './store/id.ts'
import { addTelephony, seedTelephony } from './telephony/seed.ts'
import { TicketKindModel } from './tickets/model.ts'
import { addVoicemail, seedVoicemail } from './voicemail/seed.ts'

export interface Credential {
  userName: string
  password: string
  role: string
}

/** @returns the credentials made now, to be shown this once */
export async function seed(options: {
  staff: Staff
  flows: Flows
  demo: boolean
  now: () => number
}): Promise<Credential[]> {
  const { staff, flows, demo, now } = options
  const credentials: Credential[] = []
  const add = async (member: NewStaff) => {
    if (await StaffModel.exists({ userName: member.userName })) return
    const password = oneTimePassword()
    await staff.create(member, password)
    credentials.push({ userName: member.userName, password, role: member.role })
  }
  const addAdministrator = async () => {
    if (!(await StaffModel.exists({ role: 'administrator' })))
      await add({ userName: 'admin', displayName: '管理员', role: 'administrator' })
  }
  const addHotline = async () => {
    if ((await QueueModel.countDocuments()) === 0) await seedHotline(flows, now())
    else await Promise.all([addCalls(), migrateCategories(sampleCategories)])
    await addSynonyms()
  }
  // side by side: hashing passwords takes its time on other threads
  await Promise.all([addHotline(), addAdministrator(), ...(demo ? demoStaff.map(add) : [])])
  const demoNames = demoStaff.map(({ userName }) => userName)
  const made = credentials
    .map(({ userName }) => userName)
    .filter((name) => demoNames.includes(name))
  // a demo password is printed at start and works as it is
  if (made.length)
    await StaffModel.updateMany(
      { userName: { $in: made } },
      { $set: { mustChangePassword: false } },
    )
  return credentials
}

const demoStaff: NewStaff[] = [
  {
    userName: 'lin',
    displayName: '林小雨',
    role: 'agent',
    skills: { complaint: 3, english: 3 },
    chatCapacity: 3,
  },
  {
    userName: 'amy',
    displayName: 'Amy Zhao',
    role: 'agent',
    skills: { english: 5 },
    chatCapacity: 3,
    lang: 'en',
  },
  {
    userName: 'chen',
    displayName: '陈组长',
    role: 'teamLeader',
    skills: { complaint: 5, english: 3 },
  },
  { userName: 'su', displayName: '苏编辑', role: 'content' },
]

/** Remembers that there were a trunk, a number and a mailbox, so that whoever removes them gets no new ones. */
const CALLS_SEEDED = { _id: 'callsSeeded', value: true }

/** What an installation from before there were calls lacks. Its flows stay as they are: they are its own. */
async function addCalls(): Promise<void> {
  if (await SettingModel.exists({ _id: CALLS_SEEDED._id })) return
  await Promise.all([addTelephony(), addVoicemail()])
  await SettingModel.updateOne({ _id: CALLS_SEEDED._id }, { $set: CALLS_SEEDED }, { upsert: true })
}

/** Once: whoever removes all groups of synonyms gets no new ones. */
async function addSynonyms(): Promise<void> {
  const seeded = { _id: 'synonymsSeeded', value: true }
  if (await SettingModel.exists({ _id: seeded._id })) return
  await seedSynonyms(sampleSynonyms)
  await SettingModel.updateOne({ _id: seeded._id }, { $set: seeded }, { upsert: true })
}

async function seedHotline(flows: Flows, nowMs: number): Promise<void> {
  const year = new Date(nowMs).getUTCFullYear()
  const holidays = (week: (typeof sampleSchedules)[number]['week']) =>
    [year, year + 1].flatMap((each) => seedHolidays(each, usualHours(week)))
  await Promise.all([
    ScheduleModel.insertMany(
      sampleSchedules.map(({ id, ...schedule }) => ({
        _id: id,
        ...schedule,
        exceptions: holidays(schedule.week),
      })),
    ),
    QueueModel.insertMany(
      sampleQueues.map((sample): Queue => {
        const { id, ...queue } = createQueueBody.parse({
          id: sample.id,
          name: sample.name,
          defaultPriority: sample.priority,
          skills: sample.skills.map(({ skill, level }) => ({ skill, minLevel: level })),
          ...(sample.scheduleId && { scheduleId: sample.scheduleId }),
        })
        return { ...queue, _id: id, version: 1 }
      }),
    ),
    SkillModel.insertMany([
      { _id: 'english', name: { zh: '英语', en: 'English' } },
      { _id: 'complaint', name: { zh: '投诉处理', en: 'Complaints' } },
    ]),
    TicketKindModel.insertMany(sampleTicketKinds.map(({ id, ...kind }) => ({ _id: id, ...kind }))),
    KnowledgeModel.insertMany(
      sampleKnowledge.map(({ id, ...entry }) => ({
        _id: id,
        ...entry,
        version: 1,
        updatedAt: new Date(nowMs),
      })),
    ),
    CategoryModel.insertMany(
      sampleCategories.map(({ id, name }, order) => ({ _id: id, name, order, version: 1 })),
    ),
    flows.seed(sampleFlows, 'Yilu'),
    seedIntents(sampleIntents, nowMs),
    AccountModel.create({
      _id: 'web',
      channel: 'webchat',
      name: '网页咨询',
      flowId: 'main',
      lang: 'zh-CN',
      enabled: true,
      allowedOrigins: [],
      title: { 'zh-CN': '西安旅游服务热线', en: "Xi'an Tourist Hotline" },
      greeting: {
        'zh-CN': '您好,我是小路。门票、线路、交通、投诉,都可以直接问我。',
        en: "Hello, I'm Lulu. Ask me about tickets, routes, transport or complaints.",
      },
      version: 1,
    }),
    ...seedTelephony(),
    seedVoicemail(),
    CannedReplyModel.insertMany(cannedReplies.map((reply) => ({ _id: newId(), ...reply }))),
    SettingModel.create([{ _id: 'deskChoices', value: deskChoices }, CALLS_SEEDED]),
  ])
}

const cannedReplies = [
  {
    shortcut: 'hi',
    title: '问候',
    text: {
      'zh-CN': '您好,我是人工客服,前面的内容我已看到,请问还有什么可以帮您?',
      en: 'Hello, I have read what you told our assistant. How can I help you further?',
    },
  },
  {
    shortcut: 'wait',
    title: '请稍等',
    text: {
      'zh-CN': '请稍等,我马上为您查询。',
      en: 'One moment please, I am looking it up for you.',
    },
  },
  {
    shortcut: 'bye',
    title: '结束语',
    text: {
      'zh-CN': '感谢您的咨询,祝您旅途愉快!',
      en: 'Thank you for contacting us. Enjoy your trip!',
    },
  },
  {
    shortcut: '110',
    title: '紧急电话',
    text: {
      'zh-CN': '如有人身危险,请立即拨打 110(报警)、120(急救)、119(火警)。',
      en: 'If anyone is in danger, call 110 (police), 120 (ambulance) or 119 (fire) at once.',
    },
  },
]

const named = (id: string, zh: string, en: string) => ({ id, name: { zh, en } })
const deskChoices = {
  wrapUpCodes: [
    named('answered', '已解答', 'Answered'),
    named('ticket', '已登记工单', 'Ticket registered'),
    named('transferred', '转其他部门', 'Passed on'),
    named('rescue', '应急处置', 'Emergency handled'),
    named('noReply', '来访者无回应', 'Visitor did not answer'),
    named('nuisance', '骚扰', 'Nuisance'),
  ],
  busyReasons: [
    named('break', '小休', 'Break'),
    named('meal', '用餐', 'Meal'),
    named('training', '培训', 'Training'),
    named('meeting', '会议', 'Meeting'),
    named('backOffice', '处理工单', 'Back-office work'),
  ],
  departments: [
    named('market', '市场监管', 'Market supervision'),
    named('quality', '旅游质监', 'Tourism quality'),
    named('scenic', '景区管理', 'Scenic areas'),
    named('traffic', '交通运输', 'Transport'),
    named('rescue', '应急救援', 'Rescue'),
  ],
}

/** The secret that signs visitor tokens and file addresses: made once, kept in the store, shared by all nodes. */
export async function signingSecret(): Promise<string> {
  const stored = await SettingModel.findOneAndUpdate(
    { _id: 'signingSecret' },
    { $setOnInsert: { value: randomBytes(32).toString('base64url') } },
    { upsert: true, returnDocument: 'after' },
  ).lean<{ value: string }>()
  return stored!.value
}
