/** What a stored conversation did to its flow: its inputs, in their order, and what was said in answer. Pure. */
import type { TestInput } from '../../bots/flow/flow-test.ts'
import { choiceOf } from '../intake/effects.ts'
import { isGreeting } from '../intake/is-greeting.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Message, Part } from '../domain/message.ts'

export interface Said {
  block: string
  text: string
}

export interface RecordedTurn {
  atMs: number
  /** absent: they came, and the flow began */
  input?: TestInput
  /** they waited in a queue afterwards; without it a hand-off met a closed queue */
  queued: boolean
  said: Said[]
}

/** Events of the timeline that the flow was told of. */
const outcomes: Partial<Record<string, TestInput>> = {
  accepted: { in: 'accepted', as: 'event' },
  finished: { in: 'completed', as: 'event' },
  handedBack: { in: 'returned', as: 'event' },
  callEnded: { in: '', as: 'hangup' },
}

/**
 * Silence and the end of waiting leave no message of their own: on the telephone a word of the bot that nothing else
 * explains answers a silence, and one that comes with the end of waiting a queue that took too long.
 * @param messages all of them in seq order
 */
export function recordedTurns(
  { legs }: Pick<Conversation, 'legs'>,
  messages: readonly Message[],
): RecordedTurn[] {
  const turns: RecordedTurn[] = []
  let served = false
  let ended = false
  for (const group of commits(messages)) {
    if (ended) break
    const atMs = group[0]!.at.getTime()
    const events = group.flatMap(({ parts }) => parts.filter((part) => part.type === 'event'))
    const names = new Set(events.map(({ name }) => name))
    const said = group.filter(isOfBot).flatMap(saidIn)
    const queued = names.has('queued')
    const add = (input?: TestInput) =>
      turns.push({ atMs, ...(input && { input }), queued: false, said: [] })
    const before = turns.length
    const opening = before === 0
    const calling = legs.some(({ channel, id }) => channel === 'voice' && onLeg(group, id))
    if (opening) add()
    else if (names.has('callStarted')) break // the flow began anew: that is another pass through it
    const spoken = group.filter(
      ({ author, direction }) => author.kind === 'contact' && direction === 'in',
    )
    if (!served)
      for (const { parts } of spoken)
        for (const input of inputsOf(parts))
          // a 你好 that opens a conversation is answered by the flow's own greeting
          if (!opening || !isGreeting({ in: 'text', text: input.in })) add(input)
    for (const { name } of events) {
      const outcome = outcomes[name]
      if (outcome) add(outcome)
      if (name === 'accepted' || name === 'takenOver') served = true
      if (name === 'finished' || name === 'handedBack') served = false
      if (name === 'callEnded') ended = true
    }
    if (turns.length === before && said.length > 0 && !served) {
      if (names.has('abandoned')) add({ in: calling ? 'timeout' : 'cancelled', as: 'event' })
      else if (calling) add({ in: '', as: 'silence' })
    }
    const last = turns.at(-1)!
    last.said.push(...said)
    last.queued ||= queued
  }
  return turns
}

/** Messages of one change have one moment. */
function commits(messages: readonly Message[]): Message[][] {
  const groups: Message[][] = []
  for (const message of messages) {
    const last = groups.at(-1)
    const begins = message.author.kind === 'contact'
    if (last && !begins && last[0]!.at.getTime() === message.at.getTime()) last.push(message)
    else groups.push([message])
  }
  return groups
}

const onLeg = (group: readonly Message[], id: string): boolean =>
  group.some(({ legId }) => legId === id)

const isOfBot = ({ author, direction }: Message): boolean =>
  author.kind === 'bot' && direction === 'out'

function saidIn({ author, parts }: Message): Said[] {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  return text ? [{ block: author.id, text }] : []
}

function inputsOf(parts: readonly Part[]): TestInput[] {
  for (const part of parts) {
    switch (part.type) {
      case 'choice': {
        const { id, block } = choiceOf(part.id)
        return [{ in: id, as: 'choice', ...(block && { block }) }]
      }
      case 'text':
        return [{ in: part.text, as: 'text' }]
      case 'keys':
        return [{ in: part.digits, as: 'dtmf' }]
      case 'speech': {
        const [best, ...others] = part.nbest
        if (!best) return [{ in: '', as: 'silence' }]
        return [
          {
            in: best.text,
            as: 'speech',
            confidence: best.confidence,
            ...(others.length > 0 && { others }),
          },
        ]
      }
      case 'media':
        return [
          {
            in: part.blobId,
            as: 'media',
            kind: part.kind,
            ...(part.seconds !== undefined && { seconds: part.seconds }),
          },
        ]
      case 'location': {
        const { lat, lng, label } = part
        return [
          {
            in: '',
            as: 'media',
            kind: 'location',
            location: { lat, lng, ...(label && { name: label }) },
          },
        ]
      }
    }
  }
  return []
}
