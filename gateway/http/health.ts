/** Is the process alive, may it get traffic, and what has it done: /healthz, /readyz, /metrics. */
import type { Express } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Bus } from '../bus/bus.ts'
import type { CallFigures } from '../call-figures.ts'
import { callMetrics } from './call-metrics.ts'

export interface HealthOptions {
  bus: Bus
  ping: () => Promise<void>
  /** waiting by queue, consoles and visitors connected, at this moment */
  gauges: () => {
    waiting: Record<string, number>
    agents: Record<string, number>
    consoles: number
    visitors: number
  }
  calls: () => CallFigures
}

export class Health {
  private readonly registry = new Registry()
  private readonly options: HealthOptions
  private ready = false

  constructor(options: HealthOptions) {
    this.options = options
    collectDefaultMetrics({ register: this.registry, prefix: 'yilu_' })
    this.countEvents()
    this.readGauges()
    callMetrics(this.registry, options.calls)
  }

  setReady(ready: boolean): void {
    this.ready = ready
  }

  mount(app: Express): void {
    app.get('/healthz', (_request, response) => void response.json({ ok: true }))
    app.get('/readyz', async (_request, response) => {
      const store = await this.options.ping().then(
        () => true,
        () => false,
      )
      const ok = this.ready && store
      response.status(ok ? 200 : 503).json({ ok, store, draining: !this.ready })
    })
    app.get('/metrics', async (_request, response) => {
      response.type(this.registry.contentType).send(await this.registry.metrics())
    })
  }

  private countEvents(): void {
    const { bus } = this.options
    const registers = [this.registry]
    const messages = new Counter({
      name: 'yilu_messages_total',
      help: 'Messages committed, by direction and author',
      labelNames: ['direction', 'author'],
      registers,
    })
    const moves = new Counter({
      name: 'yilu_conversation_states_total',
      help: 'Conversations that came into a state',
      labelNames: ['state'],
      registers,
    })
    const waits = new Histogram({
      name: 'yilu_wait_seconds',
      help: 'From the queue to the agent',
      buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1800],
      registers,
    })
    const deliveries = new Counter({
      name: 'yilu_deliveries_total',
      help: 'Delivery states reached by messages to contacts',
      labelNames: ['state'],
      registers,
    })
    const tickets = new Counter({
      name: 'yilu_tickets_total',
      help: 'Tickets registered',
      registers,
    })
    bus.subscribe('conversation', ({ before, after, messages: added }) => {
      for (const { direction, author } of added) messages.inc({ direction, author: author.kind })
      if (before?.state !== after.state) moves.inc({ state: after.state })
      if (!before?.firstAcceptedAt && after.firstAcceptedAt && after.firstQueuedAt)
        waits.observe((after.firstAcceptedAt.getTime() - after.firstQueuedAt.getTime()) / 1000)
    })
    bus.subscribe('delivery', ({ state }) => deliveries.inc({ state }))
    bus.subscribe('ticket', ({ created }) => {
      if (created) tickets.inc()
    })
  }

  private readGauges(): void {
    const { gauges } = this.options
    const registers = [this.registry]
    const labelled = (
      name: string,
      help: string,
      label: string,
      read: () => Record<string, number>,
    ) =>
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          this.reset()
          for (const [key, value] of Object.entries(read())) this.set({ [label]: key }, value)
        },
      })
    labelled('yilu_waiting', 'Conversations waiting', 'queue', () => gauges().waiting)
    labelled('yilu_agents', 'Agents by state', 'state', () => gauges().agents)
    labelled('yilu_sockets', 'Open WebSockets', 'kind', () => ({
      console: gauges().consoles,
      visitor: gauges().visitors,
    }))
  }
}
