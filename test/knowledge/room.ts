/** The room of knowledge behind a real door, with people of several roles at it. */
import { createBus } from '../../gateway/bus/bus.ts'
import { Knowledge } from '../../gateway/knowledge/knowledge.ts'
import {
  CategoryModel,
  KnowledgeModel,
  MissModel,
  SynonymsModel,
} from '../../gateway/knowledge/model.ts'
import { knowledgeRoutes } from '../../gateway/knowledge/routes.ts'
import type { KnowledgeView } from '../../gateway/knowledge/schema.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

export interface Room {
  knowledge: Knowledge
  door: Door
  at: { nowMs: number }
  /** the answer as JSON; an error's code when it was refused */
  ask<T = { code?: string }>(who: string, method: string, path: string, body?: unknown): Promise<T>
  /** an entry as su, the editor, makes it */
  add(question: string, answer: string, more?: object): Promise<KnowledgeView>
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openRoom(): Promise<Room> {
  const store = await openTemporaryStore()
  const at = { nowMs: Date.UTC(2026, 10, 22, 4) }
  const knowledge = new Knowledge({ now: () => at.nowMs, timezone: 'Asia/Shanghai' })
  const bus = createBus((_topic, error) => {
    throw error
  })
  await knowledge.start(bus, (error) => {
    throw error
  })
  const door = await openDoor(
    knowledgeRoutes({ knowledge, now: () => at.nowMs, timezone: 'Asia/Shanghai' }),
    [
      member('su', 'content'),
      member('bai', 'content'),
      member('chen', 'teamLeader'),
      member('lin', 'agent'),
    ],
  )
  const ask: Room['ask'] = async (who, method, path, body) => {
    const response = await door.ask(who, method, path, { body })
    const text = await response.text()
    return (text ? JSON.parse(text) : {}) as never
  }
  return {
    ...{ knowledge, door, at, ask },
    add: (question, answer, more = {}) =>
      ask('su', 'POST', '/knowledge', {
        category: 'spots',
        question: { 'zh-CN': question },
        variants: {},
        answer: { 'zh-CN': answer },
        source: '',
        approved: false,
        ...more,
      }),
    async empty() {
      for (const model of [KnowledgeModel, CategoryModel, SynonymsModel, MissModel])
        await (model as typeof KnowledgeModel).deleteMany({})
      await knowledge.changed()
    },
    async close() {
      await door.close()
      await store.close()
    },
  }
}
