/** Queues, skills and hours as they are now, held in memory and read anew when somebody changes them. */
import type { Bus } from '../bus/bus.ts'
import type { Queue } from '../domain/queue.ts'
import type { Schedule } from '../domain/schedule.ts'
import { hoursState } from './hours.ts'
import { QueueModel, ScheduleModel } from './model.ts'

const DEFAULT_WRAP_UP_MS = 120_000

export class RoutingSettings {
  private queueById = new Map<string, Queue>()
  private scheduleById = new Map<string, Schedule>()
  private readonly listeners: (() => void)[] = []

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    await this.load()
    bus.subscribe('routingSettings', () => void this.load().catch(onError))
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener)
  }

  get queues(): Queue[] {
    return [...this.queueById.values()]
  }

  queue(id: string): Queue | undefined {
    const queue = this.queueById.get(id)
    return queue?.enabled ? queue : undefined
  }

  /** Where to turn when a flow names no queue that exists. */
  get fallbackQueue(): Queue | undefined {
    return this.queue('general') ?? this.queues.find((queue) => queue.enabled)
  }

  /** how long an agent may write up a conversation of this queue */
  wrapUpMs(queueId: string | undefined): number {
    return this.queue(queueId ?? '')?.wrapUpMs ?? DEFAULT_WRAP_UP_MS
  }

  hours(scheduleId: string, atMs: number): 'open' | 'closed' | 'holiday' | undefined {
    const schedule = this.scheduleById.get(scheduleId)
    return schedule && hoursState(schedule, atMs)
  }

  isOpen(queue: Queue, atMs: number): boolean {
    return !queue.scheduleId || (this.hours(queue.scheduleId, atMs) ?? 'open') === 'open'
  }

  private async load(): Promise<void> {
    const [queues, schedules] = await Promise.all([
      QueueModel.find().lean<Queue[]>(),
      ScheduleModel.find().lean<Schedule[]>(),
    ])
    this.queueById = new Map(queues.map((queue) => [queue._id, queue]))
    this.scheduleById = new Map(schedules.map((schedule) => [schedule._id, schedule]))
    for (const listener of this.listeners) listener()
  }
}
