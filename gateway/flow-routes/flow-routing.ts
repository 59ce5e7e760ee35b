/** The rules as they are now, in memory; read anew when somebody changes them. */
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import type { StoredFlowRoutes } from './model.ts'
import { FlowRoutesModel } from './model.ts'
import type { Routed, RouteFacts, RouteWorld } from './route-for.ts'
import { routeFor } from './route-for.ts'
import type { FlowRoute } from './schema.ts'

/** a node that missed the word of a change sees it this much later */
const POLL_MS = 10_000

export class FlowRouting {
  private readonly world: RouteWorld
  private readonly bus: Bus
  private routes: readonly FlowRoute[] = []
  private poll: NodeJS.Timeout | undefined

  constructor(options: { bus: Bus; world: RouteWorld }) {
    this.bus = options.bus
    this.world = options.world
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.load()
    const load = () => void this.load().catch(onError)
    this.bus.subscribe('flowRoutes', load)
    this.poll = setInterval(load, POLL_MS)
    this.poll.unref()
  }

  stop(): void {
    clearInterval(this.poll)
  }

  /** @param routes as they are being edited; default those that hold */
  route(facts: RouteFacts, routes: readonly FlowRoute[] = this.routes): Routed {
    return routeFor(routes, facts, this.world)
  }

  get timezone(): string {
    return this.world.timezone
  }

  isLive(flowId: string): boolean {
    return this.world.isLive(flowId)
  }

  async stored(): Promise<{ version: number; routes: FlowRoute[] }> {
    const found = await FlowRoutesModel.findById('routes').lean<StoredFlowRoutes>()
    return { version: found?.version ?? 0, routes: found?.routes ?? [] }
  }

  /** Replaces the list. It holds for the next conversation, here at once. @throws CONFLICT */
  async put(version: number, routes: FlowRoute[]): Promise<void> {
    if (version === 0) await this.begin()
    const { matchedCount } = await FlowRoutesModel.updateOne(
      { _id: 'routes', version },
      { $set: { routes }, $inc: { version: 1 } },
    )
    if (!matchedCount) fail('CONFLICT')
    this.routes = routes
    this.bus.publish('flowRoutes', {})
  }

  private async begin(): Promise<void> {
    await FlowRoutesModel.updateOne(
      { _id: 'routes' },
      { $setOnInsert: { routes: [], version: 0 } },
      { upsert: true },
    )
  }

  private async load(): Promise<void> {
    this.routes = (await this.stored()).routes
  }
}
