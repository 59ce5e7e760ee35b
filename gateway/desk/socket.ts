/** One console's WebSocket: reads commands, answers each, counts the console as present. */
import type { WebSocket } from 'ws'
import type { Bus } from '../bus/bus.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail, wireError, YiluError } from '../errors.ts'
import type { Channels } from '../intake/channels.ts'
import type { Conversations } from '../intake/conversations.ts'
import { readHistory } from '../intake/history.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { Files } from '../files/files.ts'
import { isOutage } from '../store/outage.ts'
import type { Actions } from './actions.ts'
import type { DeskCallPort } from './call-port.ts'
import { isCallCommand } from './call-port.ts'
import type { Agents } from './agents.ts'
import { conversationCard, wireMessage } from './cards.ts'
import type { Console, Hub } from './hub.ts'
import type { DeskCommand, OpenResult, WriteResult } from './protocol.ts'
import { deskRequest } from './protocol.ts'
import type { OtherWays } from './other-ways.ts'
import type { Reaching } from './reach.ts'

/** A person cannot do more; a console that does is broken or hostile. */
const COMMANDS_PER_SECOND = 50
const OPEN_MESSAGES = 200
const PING_MS = 25_000

export interface DeskDoor {
  hub: Hub
  actions: Actions
  agents: Agents
  channels: Channels
  conversations: Conversations
  contacts: Contacts
  files: Files
  reach: Reaching
  otherWays: OtherWays
  bus: Bus
  /** undefined: telephony is not running */
  calls: DeskCallPort | undefined
  onError: (error: unknown) => void
}

export async function serveConsole(
  socket: WebSocket,
  member: StaffMember,
  signedIn: () => Promise<boolean>,
  door: DeskDoor,
): Promise<void> {
  const { hub, agents } = door
  const console: Console = { socket, member, signedIn, reading: new Set() }
  let budget = COMMANDS_PER_SECOND
  let alive = true
  const refill = setInterval(() => (budget = COMMANDS_PER_SECOND), 1000)
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_MS)
  socket.on('pong', () => (alive = true))
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(refill)
    clearInterval(heartbeat)
    hub.close(console)
    if (may(console.member.role, 'serve')) agents.disconnected(console.member._id)
    if (!agents.isConnected(console.member._id)) door.calls?.consoleClosed(console.member._id)
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary || budget-- <= 0) return socket.close(1008, 'too many commands')
    void handle(data.toString('utf8'), console, door)
  })
  if (may(member.role, 'serve')) agents.connected(member)
  await hub.open(console)
}

async function handle(text: string, console: Console, door: DeskDoor): Promise<void> {
  let id = -1
  try {
    const raw = parse(text)
    const given = (raw as { id?: unknown } | null)?.id
    if (typeof given === 'number') id = given
    const request = deskRequest.safeParse(raw)
    if (!request.success) {
      const known = request.error.issues.every((issue) => issue.path.join('.') !== 'command.do')
      fail(known ? 'BAD_REQUEST' : 'NO_SUCH_COMMAND', {
        issues: request.error.issues.map((issue) => ({
          path: issue.path.join('.'),
          message: issue.message,
        })),
      })
    }
    const result = await perform(request.data.command, console, door)
    door.hub.send(console, { t: 'done', id, ...(result !== undefined && { result }) })
  } catch (error) {
    if (!(error instanceof YiluError)) door.onError(error)
    const told = isOutage(error) ? new YiluError('STORE_DOWN') : error
    door.hub.send(console, { t: 'refused', id, error: wireError(told) })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail('BAD_JSON')
  }
}

async function perform(command: DeskCommand, console: Console, door: DeskDoor): Promise<unknown> {
  const { actions, agents, bus } = door
  const { member } = console
  if (member.mustChangePassword) fail('PASSWORD_CHANGE_REQUIRED')
  if (command.do === 'ping') return undefined
  if (!may(member.role, 'serve')) fail('FORBIDDEN')
  if (isCallCommand(command)) return (door.calls ?? fail('TELEPHONY_OFF')).perform(command, member)
  switch (command.do) {
    case 'phone':
      return agents.setDevice(member._id, command.device)
    case 'state':
      return agents.setState(member._id, command.state, command.reason)
    case 'forceState':
      if (!may(member.role, 'supervise')) fail('FORBIDDEN')
      if (!agents.get(command.agentId)) fail('NO_SUCH_AGENT')
      return agents.setState(command.agentId, command.state)
    case 'open':
      return openThread(command.conversationId, command.afterSeq, console, door)
    case 'leave':
      console.reading.delete(command.conversationId)
      return undefined
    case 'accept':
      return actions.accept(member, command.conversationId, command.offerId)
    case 'decline':
      return actions.decline(member, command.conversationId, command.offerId)
    case 'take': {
      const conversation =
        (await door.conversations.get(command.conversationId)) ?? fail('NOT_FOUND')
      if (!door.hub.sees(member, conversation)) fail('FORBIDDEN')
      // a team leader steps in whatever they hold already
      if (!may(member.role, 'supervise') && !agents.hasRoom(member._id)) fail('AT_CAPACITY')
      return actions.take(member, command.conversationId)
    }
    case 'send':
      return actions.send(member, command.conversationId, command.clientMsgId, command.content)
    case 'note':
      return actions.note(member, command.conversationId, command.clientMsgId, command.text)
    case 'writeBy':
      return door.otherWays.writeBy(member, command.conversationId, command)
    case 'writeTo': {
      if (!agents.hasRoom(member._id)) fail('AT_CAPACITY')
      const conversationId = await door.otherWays.writeTo(member, command.contactId, command)
      return { conversationId } satisfies WriteResult
    }
    case 'typing':
    case 'read': {
      const { conversationId } = command
      const conversation = await door.conversations.get(conversationId)
      // of somebody who only looks on, the contact learns nothing
      if (conversation?.agentId !== member._id) return undefined
      if (command.do === 'read') bus.publish('readByAgent', { conversationId, seq: command.seq })
      else
        bus.publish('typing', {
          conversationId,
          from: 'agent',
          on: command.on,
          name: member.displayName,
        })
      return undefined
    }
    case 'transfer': {
      const { conversationId, toQueueId, toAgentId, note } = command
      if (toAgentId && !agents.get(toAgentId)) fail('NO_SUCH_AGENT')
      return actions.transfer(member, conversationId, {
        ...(toQueueId && { queueId: toQueueId }),
        ...(toAgentId && { agentId: toAgentId }),
        ...(note && { note }),
      })
    }
    case 'handBack':
      return actions.handBack(member, command.conversationId)
    case 'finish':
      return actions.finish(member, command.conversationId)
    case 'wrapUpDone':
      return actions.wrapUpDone(command.conversationId, member._id, command.code)
  }
}

/** Reading starts before the history is read, so that nothing falls between the two. */
async function openThread(
  conversationId: string,
  afterSeq: number,
  console: Console,
  door: DeskDoor,
): Promise<OpenResult> {
  const conversation = (await door.conversations.get(conversationId)) ?? fail('NOT_FOUND')
  console.reading.add(conversationId)
  const [{ messages, more }, contact] = await Promise.all([
    readHistory(conversationId, { afterSeq, limit: OPEN_MESSAGES }),
    door.contacts.get(conversation.contactId),
  ])
  const online = door.channels.online(conversation)
  const reach = await door.reach.of(conversation)
  door.hub.send(console, { t: 'presence', conversationId, online })
  return {
    card: conversationCard(conversation, contact),
    messages: messages.map((message) => wireMessage(message, conversation, door.files)),
    more,
    ...(reach && { reach }),
  }
}
