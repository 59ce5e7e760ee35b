import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Bus } from '../bus/bus.ts'
import type { Queue } from '../domain/queue.ts'
import type { Schedule } from '../domain/schedule.ts'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { StaffModel } from '../staff/model.ts'
import { seedHolidays, usualHours } from './holidays.ts'
import { isTimezone } from './hours.ts'
import type { Skill } from './model.ts'
import { QueueModel, ScheduleModel, SkillModel } from './model.ts'
import {
  createQueueBody,
  putScheduleBody,
  queueView,
  scheduleView,
  skillView,
  updateQueueBody,
} from './schema.ts'

const skillBody = skillView.omit({ id: true })

/** @param isNamed does a flow or a rule to flows name these working hours? */
export function routingRoutes(
  bus: Bus,
  isNamed: (scheduleId: string) => Promise<boolean> = async () => false,
): Route[] {
  const changed = () => bus.publish('routingSettings', {})
  return [
    route({
      method: 'get',
      path: '/queues',
      tag: 'Routing',
      summary: 'All queues',
      access: 'session',
      answers: items(queueView),
      handle: async () => ({
        items: (await QueueModel.find().sort({ _id: 1 }).lean<Queue[]>()).map(withId),
      }),
    }),
    route({
      method: 'post',
      path: '/queues',
      tag: 'Routing',
      summary: 'Add a queue',
      access: 'manageRouting',
      body: createQueueBody,
      answers: queueView,
      async handle({ body }) {
        const { id, ...fields } = body
        const queue: Queue = { ...fields, _id: id, version: 1 }
        await orDuplicate(QueueModel.create(queue))
        changed()
        return withId(queue)
      },
    }),
    route({
      method: 'patch',
      path: '/queues/:id',
      tag: 'Routing',
      summary: 'Change a queue; who waits keeps the place',
      access: 'manageRouting',
      body: updateQueueBody,
      answers: queueView,
      async handle({ params, body }) {
        const { version, scheduleId, ...fields } = body
        const queue = await QueueModel.findOneAndUpdate(
          { _id: params.id, version },
          {
            $set: { ...fields, ...(scheduleId && { scheduleId }) },
            ...(scheduleId === null && { $unset: { scheduleId: '' } }),
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        ).lean<Queue>()
        if (!queue) fail((await QueueModel.exists({ _id: params.id })) ? 'CONFLICT' : 'NOT_FOUND')
        changed()
        return withId(queue)
      },
    }),
    route({
      method: 'delete',
      path: '/queues/:id',
      tag: 'Routing',
      summary: 'Remove a queue nobody is a member of',
      access: 'manageRouting',
      async handle({ params }) {
        if (await StaffModel.exists({ queueIds: params.id })) fail('IN_USE')
        const { deletedCount } = await QueueModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
        changed()
      },
    }),
    route({
      method: 'get',
      path: '/skills',
      tag: 'Routing',
      summary: 'All skills',
      access: 'session',
      answers: items(skillView),
      handle: async () => ({
        items: (await SkillModel.find().sort({ _id: 1 }).lean<Skill[]>()).map(withId),
      }),
    }),
    route({
      method: 'put',
      path: '/skills/:id',
      tag: 'Routing',
      summary: 'Add or rename a skill',
      access: 'manageRouting',
      body: skillBody,
      answers: skillView,
      async handle({ params, body }) {
        const skill = skillView.safeParse({ id: params.id, ...body })
        if (!skill.success) fail('BAD_REQUEST', { where: 'id' })
        await SkillModel.updateOne({ _id: params.id }, { $set: body }, { upsert: true })
        return skill.data
      },
    }),
    route({
      method: 'delete',
      path: '/skills/:id',
      tag: 'Routing',
      summary: 'Remove a skill that no queue and no member has',
      access: 'manageRouting',
      async handle({ params }) {
        const members = await StaffModel.find({}, { skills: 1 }).lean<
          Pick<StaffMember, 'skills'>[]
        >()
        const held = members.some((member) => params.id! in member.skills)
        if (held || (await QueueModel.exists({ 'skills.skill': params.id }))) fail('IN_USE')
        const { deletedCount } = await SkillModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
      },
    }),
    route({
      method: 'get',
      path: '/schedules',
      tag: 'Routing',
      summary: 'All working hours',
      access: 'session',
      answers: items(scheduleView),
      handle: async () => ({
        items: (await ScheduleModel.find().sort({ _id: 1 }).lean<Schedule[]>()).map(withId),
      }),
    }),
    route({
      method: 'put',
      path: '/schedules/:id',
      tag: 'Routing',
      summary: 'Add or replace working hours',
      access: 'manageRouting',
      body: putScheduleBody,
      answers: scheduleView,
      async handle({ params, body }) {
        const schedule = scheduleView.safeParse({ id: params.id, ...body })
        if (!schedule.success) fail('BAD_REQUEST', { where: 'id' })
        if (!isTimezone(body.timezone)) fail('BAD_REQUEST', { where: 'timezone' })
        await ScheduleModel.updateOne({ _id: params.id }, { $set: body }, { upsert: true })
        changed()
        return schedule.data
      },
    }),
    route({
      method: 'delete',
      path: '/schedules/:id',
      tag: 'Routing',
      summary: 'Remove working hours that no queue, flow or rule uses',
      access: 'manageRouting',
      async handle({ params }) {
        const id = params.id!
        if (await QueueModel.exists({ scheduleId: id })) fail('IN_USE')
        if (await isNamed(id)) fail('IN_USE')
        const { deletedCount } = await ScheduleModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
        changed()
      },
    }),
    route({
      method: 'post',
      path: '/schedules/:id/holidays',
      tag: 'Routing',
      summary: "Add China's holidays and make-up days of a year; days entered by hand stay",
      access: 'manageRouting',
      body: z.object({ year: z.number().int().min(2000).max(2100) }),
      answers: scheduleView,
      async handle({ params, body }) {
        const schedule =
          (await ScheduleModel.findById(params.id).lean<Schedule>()) ?? fail('NOT_FOUND')
        const known = new Set(schedule.exceptions.map(({ date }) => date))
        const seeded = seedHolidays(body.year, usualHours(schedule.week)).filter(
          ({ date }) => !known.has(date),
        )
        const exceptions = [...schedule.exceptions, ...seeded].sort((a, b) =>
          a.date.localeCompare(b.date),
        )
        await ScheduleModel.updateOne({ _id: params.id }, { $set: { exceptions } })
        changed()
        return withId({ ...schedule, exceptions })
      },
    }),
  ]
}

function withId<T extends { _id: string }>({ _id, ...rest }: T): Omit<T, '_id'> & { id: string } {
  return { id: _id, ...rest }
}

async function orDuplicate<T>(creation: Promise<T>): Promise<T> {
  try {
    return await creation
  } catch (error) {
    if ((error as { code?: number }).code === 11000) fail('DUPLICATE')
    throw error
  }
}
