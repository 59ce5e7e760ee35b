/** How every agent stands: set by themselves, lost with the connection, kept over restarts. */
import type { PhoneDevice, StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { StaffModel, AgentStandingModel } from '../staff/model.ts'
import type { AgentStanding } from '../staff/model.ts'
import type { LiveRouting } from '../routing/persistence.ts'
import type { AgentCard } from './protocol.ts'

interface Agent {
  member: StaffMember
  standing: AgentStanding
  /** open consoles */
  consoles: number
  goneTimer?: NodeJS.Timeout
}

export interface AgentsOptions {
  now: () => number
  goneMs: number
  routing: LiveRouting
  onChange: (card: AgentCard) => void
  onRemove: (agentId: string) => void
  /** disconnected for longer than goneMs: their conversations need somebody else */
  onGone: (agentId: string) => void
  onError: (error: unknown) => void
}

export class Agents {
  private readonly agents = new Map<string, Agent>()
  private readonly options: AgentsOptions

  constructor(options: AgentsOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    const [members, standings] = await Promise.all([
      StaffModel.find({ disabled: false }).lean<StaffMember[]>(),
      AgentStandingModel.find().lean<AgentStanding[]>(),
    ])
    const byId = new Map(standings.map((standing) => [standing._id, standing]))
    for (const member of members) this.admit(member, byId.get(member._id))
    // whoever was at work before the restart has the usual time to come back
    for (const [id, agent] of this.agents)
      if (agent.standing.state !== 'offline') this.awaitReturn(id)
  }

  stop(): void {
    for (const agent of this.agents.values()) clearTimeout(agent.goneTimer)
  }

  get(agentId: string): StaffMember | undefined {
    return this.agents.get(agentId)?.member
  }

  /** May this agent hold one more conversation? */
  hasRoom(agentId: string): boolean {
    const agent = this.agents.get(agentId)
    return agent !== undefined && this.options.routing.load(agentId) < agent.member.capacity.chat
  }

  isConnected(agentId: string): boolean {
    return (this.agents.get(agentId)?.consoles ?? 0) > 0
  }

  cards(): AgentCard[] {
    return [...this.agents.values()]
      .filter(({ member }) => may(member.role, 'serve'))
      .map((agent) => this.card(agent))
  }

  /** A console opened. Someone who had stood ready comes back ready. */
  connected(member: StaffMember): void {
    const agent = this.admit(member)
    agent.consoles++
    clearTimeout(agent.goneTimer)
    this.tell(agent)
  }

  /** A console closed: no new offers at once; after goneMs the agent counts as gone. */
  disconnected(agentId: string): void {
    const agent = this.agents.get(agentId)
    if (!agent) return
    agent.consoles = Math.max(0, agent.consoles - 1)
    if (agent.consoles === 0 && agent.standing.state !== 'offline') this.awaitReturn(agentId)
    this.tell(agent)
  }

  /** In the console, or on a telephone that is dialled for each call. */
  async setDevice(agentId: string, device: PhoneDevice): Promise<void> {
    const agent = this.agents.get(agentId)
    if (!agent) return
    agent.standing = { ...agent.standing, device }
    this.tell(agent)
    await this.save(agent)
  }

  device(agentId: string): PhoneDevice {
    return this.agents.get(agentId)?.standing.device ?? { kind: 'browser' }
  }

  async setState(agentId: string, state: AgentStanding['state'], reason?: string): Promise<void> {
    const agent = this.agents.get(agentId)
    if (!agent) return
    const at = new Date(this.options.now())
    const becameReady = state === 'ready' && agent.standing.state !== 'ready'
    agent.standing = {
      _id: agentId,
      state,
      since: at,
      idleSince: becameReady ? at : agent.standing.idleSince,
      ...(agent.standing.device && { device: agent.standing.device }),
      ...(reason && { reason }),
    }
    // set by a team leader on somebody without a console: the usual time to come runs from now
    if (agent.consoles === 0 && state !== 'offline') this.awaitReturn(agentId)
    this.tell(agent)
    await this.save(agent)
  }

  /** A conversation ended or began: the fair share is counted from when the last one ended. */
  loadChanged(agentId: string, load: number): void {
    const agent = this.agents.get(agentId)
    if (!agent) return
    if (load === 0) {
      agent.standing = { ...agent.standing, idleSince: new Date(this.options.now()) }
      void this.save(agent).catch(this.options.onError)
    }
    this.tell(agent)
  }

  /** Skills, queues, role or capacity were edited, or the member was disabled. */
  async memberChanged(agentId: string): Promise<void> {
    const member = await StaffModel.findById(agentId).lean<StaffMember>()
    const agent = this.agents.get(agentId)
    if (member && !member.disabled) {
      const admitted = this.admit(member)
      this.tell(admitted)
    } else if (agent) {
      clearTimeout(agent.goneTimer)
      this.agents.delete(agentId)
      this.options.routing.router.removeAgent(agentId)
      this.options.onRemove(agentId)
      this.options.onGone(agentId)
    }
  }

  private admit(member: StaffMember, standing?: AgentStanding): Agent {
    const known = this.agents.get(member._id)
    if (known) {
      known.member = member
      return known
    }
    const at = new Date(this.options.now())
    const agent: Agent = {
      member,
      consoles: 0,
      standing: standing ?? { _id: member._id, state: 'offline', since: at, idleSince: at },
    }
    this.agents.set(member._id, agent)
    return agent
  }

  private awaitReturn(agentId: string): void {
    const agent = this.agents.get(agentId)!
    clearTimeout(agent.goneTimer)
    agent.goneTimer = setTimeout(() => {
      void this.setState(agentId, 'offline')
        .then(() => this.options.onGone(agentId))
        .catch(this.options.onError)
    }, this.options.goneMs)
  }

  private tell(agent: Agent): void {
    const { member, standing, consoles } = agent
    const serves = may(member.role, 'serve')
    this.options.routing.router.setAgent({
      agentId: member._id,
      // a closed console cannot ring, whatever its agent set before
      state: consoles > 0 && serves ? standing.state : 'offline',
      queueIds: member.queueIds,
      skills: member.skills,
      capacity: member.capacity,
      load: this.options.routing.load(member._id),
      idleSinceMs: standing.idleSince.getTime(),
      calls: this.options.routing.callsOf(member._id).length,
    })
    if (serves) this.options.onChange(this.card(agent))
  }

  private card({ member, standing, consoles }: Agent): AgentCard {
    const [onCall] = this.options.routing.callsOf(member._id)
    return {
      id: member._id,
      name: member.displayName,
      role: member.role,
      state: standing.state,
      sinceMs: standing.since.getTime(),
      load: this.options.routing.load(member._id),
      capacity: member.capacity.chat,
      connected: consoles > 0,
      device: standing.device ?? { kind: 'browser' },
      ...(standing.reason && { reason: standing.reason }),
      ...(onCall && { onCall }),
    }
  }

  private async save({ standing }: Agent): Promise<void> {
    const { _id, ...fields } = standing
    await AgentStandingModel.updateOne(
      { _id },
      { $set: fields, ...(!standing.reason && { $unset: { reason: '' } }) },
      { upsert: true },
    )
  }
}
