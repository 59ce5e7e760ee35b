/** The room of flows behind its REST door, on a store of its own. */
import { createBus } from '../../gateway/bus/bus.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { FlowRoutesModel } from '../../gateway/flow-routes/model.ts'
import { FlowRouting } from '../../gateway/flow-routes/flow-routing.ts'
import { flowRouteRoutes } from '../../gateway/flow-routes/routes.ts'
import { Flows } from '../../gateway/flows/flows.ts'
import { FlowModel, FlowVersionModel } from '../../gateway/flows/model.ts'
import type { FlowRoom } from '../../gateway/flows/room.ts'
import { openFlowRoom } from '../../gateway/flows/room.ts'
import { flowRoutes } from '../../gateway/flows/routes.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

export class FlowHouse {
  nowMs = Date.UTC(2030, 0, 1)
  readonly now = () => this.nowMs
  readonly bus = createBus((_topic, error) => {
    throw error
  })
  /** open conversations by version, as the intake would count them */
  inside = new Map<number, number>()
  recordings = new Map<string, string>()
  readonly environment = async () => ({
    queues: ['general'],
    schedules: ['desk'],
    sources: ['weather'],
    skills: ['english'],
  })
  readonly flows = this.anotherNode()
  readonly routing = new FlowRouting({
    bus: this.bus,
    world: {
      hours: () => 'open',
      isLive: (id) => this.flows.get(id, 'live') !== undefined,
      timezone: 'Asia/Shanghai',
    },
  })
  readonly room: FlowRoom = openFlowRoom({
    ...{ flows: this.flows, bus: this.bus, now: this.now, testLimitMs: 5000 },
    environment: this.environment,
    recordings: async (ids) =>
      new Map(
        ids.flatMap((id) => (this.recordings.has(id) ? [[id, this.recordings.get(id)!]] : [])),
      ),
    references: {
      accounts: async () =>
        (
          await AccountModel.find().lean<
            { _id: string; name: string; flowId: string; channel: string }[]
          >()
        ).map(({ _id, name, flowId, channel }) => ({
          id: _id,
          name,
          flowId,
          isNumber: channel === 'voice',
        })),
      routes: async () => (await this.routing.stored()).routes,
      inside: async () => this.inside,
    },
  })
  private door!: Door
  private store!: { close(): Promise<void> }

  anotherNode(): Flows {
    return new Flows({ bus: this.bus, now: this.now, environment: this.environment })
  }

  async open(): Promise<this> {
    this.store = await openTemporaryStore()
    const onError = (error: unknown) => {
      throw error
    }
    await this.flows.start(onError)
    await this.routing.start(onError)
    this.door = await openDoor(
      [...flowRoutes(this.room), ...flowRouteRoutes(this.routing, this.now)],
      [member('su', 'content'), member('li', 'content'), member('lin', 'agent')],
    )
    return this
  }

  async empty(): Promise<void> {
    await Promise.all([
      FlowModel.deleteMany({}),
      FlowVersionModel.deleteMany({}),
      FlowRoutesModel.deleteMany({}),
      AccountModel.deleteMany({}),
    ])
    this.inside = new Map()
    this.recordings = new Map()
    await this.flows.changed('')
  }

  async close(): Promise<void> {
    this.flows.stop()
    this.routing.stop()
    await this.door.close()
    await this.store.close()
  }

  /** @returns status and what was answered */
  async ask<T = Answer>(
    method: string,
    path: string,
    body?: unknown,
    who = 'su',
  ): Promise<{ status: number; body: T }> {
    const response = await this.door.ask(who, method, path, body === undefined ? {} : { body })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
  }

  /** As `ask`, for what must go well. */
  async must<T = Answer>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask<T>(method, path, body)
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** Makes a flow and gives it that draft. */
  async draw(doc: FlowDoc): Promise<void> {
    await this.must('POST', '/flows', { id: doc.id, name: doc.name, kind: doc.kind })
    await this.must('PUT', `/flows/${doc.id}/draft`, { draftVersion: 1, doc })
  }

  async redraw(doc: FlowDoc): Promise<void> {
    const { draftVersion } = await this.must<{ draftVersion: number }>(
      'GET',
      `/flows/${doc.id}/draft`,
    )
    await this.must('PUT', `/flows/${doc.id}/draft`, { draftVersion, doc })
  }

  async publish(id: string, note = ''): Promise<number> {
    return (await this.must<{ version: number }>('POST', `/flows/${id}/publish`, { note })).version
  }

  /** What the flow says first to that conversation. */
  greeting(id: string, conversationId?: string): string {
    const doc = this.flows.get(id, 'live', conversationId)?.doc
    const block = doc?.blocks[doc.entry]
    return block?.type === 'say' ? (block.prompt['zh-CN']?.text ?? '') : ''
  }
}

/** Loosely: what is looked at is named in the test. */
export type Answer = Record<string, unknown> & { code?: string; items?: Record<string, unknown>[] }

/** A flow that says one thing, and a test that expects another one if wanted. */
export function saying(text: string, about: Partial<FlowDoc> = {}): FlowDoc {
  return {
    schema: 1,
    id: 'talk',
    name: '问候',
    kind: 'main',
    langs: ['zh-CN'],
    defaultLang: 'zh-CN',
    entry: 'hello',
    blocks: {
      hello: { type: 'say', prompt: { 'zh-CN': { text } }, out: { next: 'bye' } },
      bye: { type: 'end', reason: 'done' },
    },
    ...about,
  }
}

export const expecting = (say: string): FlowDoc['tests'] => [
  { name: `听到${say}`, channel: 'webchat', steps: [{ expect: { say } }] },
]
