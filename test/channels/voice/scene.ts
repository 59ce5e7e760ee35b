/** A hotline with people on telephones: tourists who call in, agents and outsiders who are dialled. */
import { SimulatedAgent } from '../../harness/agent.ts'
import { callCardOf, isTalked, trunkTo } from '../../harness/desk-calls.ts'
import type { PhoneCall } from '../../harness/phone.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'
import type { CallCard, ConversationCard } from '../../../gateway/desk/protocol.ts'

/** what each of them hums */
export const CALLER = 400
export const AGENT = 700
export const THIRD = 1100

export interface Talk {
  caller: PhoneCall
  agent: PhoneCall
  conversationId: string
}

export class VoiceScene {
  readonly product: RunningProduct
  readonly tourist: SimulatedPhone
  /** everything we dial rings here, told apart by number */
  readonly outside: SimulatedPhone
  readonly admin: SimulatedAgent
  private readonly agents: SimulatedAgent[] = []
  private readonly callers: PhoneCall[] = []
  private number = 13_900_000_000

  private constructor(
    product: RunningProduct,
    tourist: SimulatedPhone,
    outside: SimulatedPhone,
    admin: SimulatedAgent,
  ) {
    this.product = product
    this.tourist = tourist
    this.outside = outside
    this.admin = admin
  }

  static async open(env: Record<string, string> = {}): Promise<VoiceScene> {
    const [product, tourist, outside] = await Promise.all([
      runProduct(env),
      SimulatedPhone.start(),
      SimulatedPhone.start(),
    ])
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    await trunkTo(admin, outside.port)
    return new VoiceScene(product, tourist, outside, admin)
  }

  /** An agent at the console; with a number they take calls on that telephone. Not ready yet. */
  async agent(userName: string, number?: string): Promise<SimulatedAgent> {
    const agent = new SimulatedAgent(this.product.url)
    await agent.signIn(userName, this.product.password(userName))
    await agent.connect()
    await agent.do({
      do: 'phone',
      device: number ? { kind: 'number', number } : { kind: 'browser' },
    })
    this.agents.push(agent)
    return agent
  }

  nextNumber(): string {
    return String(++this.number)
  }

  /** A tourist calls and asks for a person. */
  async asksForPerson(from = this.nextNumber()): Promise<PhoneCall> {
    const caller = await this.tourist.call(this.product.sipPort, '12301', from)
    this.callers.push(caller)
    await caller.hearsSound()
    caller.press('0')
    return caller
  }

  /** A tourist and this agent, on that number, talk; both hum. */
  async talk(agent: SimulatedAgent, number: string): Promise<Talk> {
    const from = this.nextNumber()
    const rings = this.outside.answer('answer', 0, number)
    await agent.ready()
    const [caller, end] = await Promise.all([this.asksForPerson(from), rings])
    const talked = (card: CallCard) => card.number === `+86${from}` && isTalked(card)
    await agent.until(() => callCardOf(agent, talked) !== undefined, 'the talk')
    // nothing else comes in meanwhile
    await agent.do({ do: 'state', state: 'busy' })
    caller.hum(CALLER)
    end.hum(AGENT)
    await Promise.all([caller.hearsTone(AGENT), end.hearsTone(CALLER)])
    return { caller, agent: end, conversationId: callCardOf(agent, talked)!.conversationId }
  }

  /** Everybody hangs up and what is left is written up, so that nothing of one test rings in the next. */
  async settle(): Promise<void> {
    for (const agent of this.agents) await agent.do({ do: 'state', state: 'busy' })
    for (const caller of this.callers.splice(0)) {
      caller.hangUp()
      await caller.ended
    }
    for (const agent of this.agents) {
      const me = agent.welcome.me.id
      const theirs = agent.card(({ agentId, state }) => agentId === me && state === 'agent')
      // it may end by itself at this very moment
      if (theirs) await agent.do({ do: 'finish', conversationId: theirs.id }).catch(() => undefined)
      const isGoingOn = (card: ConversationCard) =>
        ['queued', 'offered'].includes(card.state) || card.agentId === me
      await agent.until(() => agent.card(isGoingOn) === undefined, 'the desk to be empty')
      const written = agent.card(({ wrapUp }) => wrapUp?.agentId === me)
      if (written) await writeUp(agent, written.id)
    }
  }

  async stop(): Promise<void> {
    for (const agent of this.agents) agent.cut()
    await this.tourist.stop()
    await this.outside.stop()
    await this.product.stop()
  }
}

export const cardOf = (agent: SimulatedAgent, conversationId: string): CallCard | undefined =>
  callCardOf(agent, (card) => card.conversationId === conversationId)

/** Waits until the call looks like that on this agent's desk. */
export async function untilCall(
  agent: SimulatedAgent,
  conversationId: string,
  fits: (card: CallCard) => boolean,
  what: string,
): Promise<CallCard> {
  const find = () =>
    callCardOf(agent, (card) => card.conversationId === conversationId && fits(card))
  await agent.until(() => find() !== undefined, what)
  return find()!
}

export async function untilState(
  agent: SimulatedAgent,
  conversationId: string,
  state: ConversationCard['state'],
): Promise<void> {
  await agent.until(
    () => agent.card((card) => card.id === conversationId && card.state === state) !== undefined,
    `the conversation to be ${state}`,
  )
}

/** Writes up: the agent is free again. */
export async function writeUp(agent: SimulatedAgent, conversationId: string): Promise<void> {
  await untilState(agent, conversationId, 'wrapUp')
  await agent.do({ do: 'wrapUpDone', conversationId, code: 'answered' })
}

/** Events of the timeline with what they say. */
export async function eventsOf(
  agent: SimulatedAgent,
  conversationId: string,
): Promise<({ event: string } & Record<string, unknown>)[]> {
  const { messages } = await agent.open(conversationId)
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'event' ? [{ event: part.name, ...part.data }] : [])),
  )
}
