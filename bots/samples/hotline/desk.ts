/** What the sample flows refer to by id: working hours, queues and kinds of tickets. */

/** Same shape as a stored schedule, without its exceptions. */
export interface SampleSchedule {
  id: string
  name: { zh: string; en: string }
  timezone: string
  /** 0 = Sunday … 6 = Saturday; minutes from local midnight */
  week: { fromMinute: number; toMinute: number }[][]
}

export interface SampleQueue {
  id: string
  name: { zh: string; en: string }
  /** skill → least level (1 to 5) an agent must have */
  skills: { skill: string; level: number }[]
  /** 0 most urgent … 9 least, as in queue blocks and in stored queues */
  priority: number
  /** without one the queue is staffed at any hour */
  scheduleId?: string
}

export interface SampleTicketKind {
  id: string
  name: { zh: string; en: string }
  prefix: string
  dueHours: number
  department?: string
  fields: { id: string; name: { zh: string; en: string }; required: boolean }[]
}

const OPEN = { fromMinute: 8 * 60 + 30, toMinute: 21 * 60 }

export const sampleSchedules: SampleSchedule[] = [
  {
    id: 'office',
    name: { zh: '人工坐席', en: 'Agents' },
    timezone: 'Asia/Shanghai',
    week: Array.from({ length: 7 }, () => [OPEN]),
  },
]

export const sampleQueues: SampleQueue[] = [
  {
    id: 'general',
    name: { zh: '综合咨询', en: 'General' },
    skills: [],
    priority: 5,
    scheduleId: 'office',
  },
  {
    id: 'english',
    name: { zh: '英语服务', en: 'English' },
    skills: [{ skill: 'english', level: 3 }],
    priority: 5,
    scheduleId: 'office',
  },
  {
    id: 'complaint',
    name: { zh: '投诉受理', en: 'Complaints' },
    skills: [{ skill: 'complaint', level: 2 }],
    priority: 3,
    scheduleId: 'office',
  },
  // no schedule: somebody must answer a cry for help at any hour
  { id: 'emergency', name: { zh: '应急求助', en: 'Emergency' }, skills: [], priority: 0 },
]

const what = { id: 'what', name: { zh: '经过', en: 'What happened' }, required: true }
const who = { id: 'who', name: { zh: '对象', en: 'Against whom' }, required: false }
const when = { id: 'when', name: { zh: '日期', en: 'Date' }, required: false }
const phone = { id: 'phone', name: { zh: '联系电话', en: 'Phone' }, required: false }

// One letter for all: a telephone keypad has no letters, so `progress` puts the C before the
// digits a caller keys in. The counter is per letter, so serials stay unique.
const PREFIX = 'C'

export const sampleTicketKinds: SampleTicketKind[] = [
  {
    id: 'complaint',
    name: { zh: '投诉', en: 'Complaint' },
    prefix: PREFIX,
    // five working days to decide (旅游投诉处理办法), counted as a calendar week
    dueHours: 7 * 24,
    department: '旅游质监',
    fields: [what, who, when, phone],
  },
  {
    id: 'suggestion',
    name: { zh: '建议或表扬', en: 'Suggestion or praise' },
    prefix: PREFIX,
    dueHours: 15 * 24,
    fields: [what, phone],
  },
  {
    id: 'callback',
    name: { zh: '留言回电', en: 'Call back' },
    prefix: PREFIX,
    dueHours: 24,
    fields: [what, phone],
  },
  {
    id: 'rescue',
    name: { zh: '应急求助', en: 'Emergency' },
    prefix: PREFIX,
    dueHours: 1,
    fields: [phone, { id: 'said', name: { zh: '原话', en: 'Words' }, required: false }],
  },
]
