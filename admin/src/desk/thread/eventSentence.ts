import type { Part } from '../../../../gateway/domain/message.ts'
import { clock } from '../duration.ts'

type EventPart = Extract<Part, { type: 'event' }>

/** Names of agents and queues, and words of the `desk` namespace. */
export interface Names {
  agent(id: string): string
  queue(id: string): string
  wrapUpCode(id: string): string
  word(key: string, values?: Record<string, string>): string
}

const reasons = ['bot', 'transfer', 'emergency', 'agentGone']
const enders = ['contact', 'agent', 'bot', 'fault', 'restart']
const unreached = ['busy', 'noAnswer', 'declined', 'unknownNumber', 'unavailable', 'failed']
const closeReasons = ['flowEnded', 'finished', 'idle', 'abandoned', 'staff']

/** What happened, as a sentence for people. An event this console does not know yet shows its name. */
export function eventSentence(part: EventPart, names: Names): string {
  const { data } = part
  const text = (key: string) => (data[key] === undefined ? '' : String(data[key]))
  const agent = (key: string) => names.agent(text(key))
  const say = (key: string, values?: Record<string, string>) => names.word(`event.${key}`, values)

  switch (part.name) {
    case 'opened':
      return say('opened')
    case 'wroteBy':
      return say('wroteBy', {
        agent: agent('agentId'),
        channel: names.word(`channel.${text('channel')}`),
        to: text('to'),
      })
    case 'queued': {
      const reason = reasons.includes(text('reason')) ? text('reason') : 'bot'
      return say(`queued.${reason}`, { queue: names.queue(text('queueId')) })
    }
    case 'offered':
      return say('offered', { agent: agent('agentId') })
    case 'offerEnded':
      return say('offerEnded', { agent: agent('agentId') })
    case 'accepted':
      return say('accepted', { agent: agent('agentId') })
    case 'transferred': {
      const values = { agent: agent('byAgentId'), queue: names.queue(text('queueId')) }
      const sentence = data['toAgentId']
        ? say('transferredToAgent', { ...values, to: agent('toAgentId') })
        : say('transferred', values)
      return data['note'] ? `${sentence} ${say('note', { note: text('note') })}` : sentence
    }
    case 'handedBack':
      return say('handedBack', { agent: agent('agentId') })
    case 'finished':
      return say('finished', { agent: agent('agentId') })
    case 'wrapUpDone':
      return data['code']
        ? say('wrapUpDoneAs', { agent: agent('agentId'), code: names.wrapUpCode(text('code')) })
        : say('wrapUpDone', { agent: agent('agentId') })
    case 'abandoned':
      return say('abandoned', { waited: clock(Number(data['waitedMs'] ?? 0)) })
    case 'closed':
      return say(`closed.${closeReasons.includes(text('reason')) ? text('reason') : 'staff'}`)
    case 'takenOver':
      return data['fromAgentId']
        ? say('takenOverFrom', { agent: agent('agentId'), from: agent('fromAgentId') })
        : say('takenOver', { agent: agent('agentId') })
    case 'ticket':
      return say('ticket', { serial: text('serial') })
    case 'rating': {
      const comment = text('comment')
      return `${say('rating', { score: text('score') })}${comment && ` — ${comment}`}`
    }
    case 'language':
      return say('language', { lang: names.word(`lang.${text('lang')}`) })
    case 'callStarted':
      return callStarted(part, names)
    case 'callAnswered': {
      const by = text('by')
      return by === 'contact' || by === 'bot'
        ? say(`callAnswered.${by}`)
        : say('callAnswered.agent', { agent: names.agent(by) })
    }
    case 'callEnded':
      return callEnded(part, names)
    case 'callHeld':
      return say(data['on'] === false ? 'callHeld.off' : 'callHeld.on')
    case 'callParty':
      if (unreached.includes(text('outcome'))) {
        const why = names.word(`phone.outcome.${text('outcome')}`)
        return say('callParty.unreached', { name: text('name'), why })
      }
      return say(data['joined'] === false ? 'callParty.left' : 'callParty.joined', {
        name: text('name'),
      })
    case 'recording':
      return say('recording', { time: clock(Number(data['durationMs'] ?? 0)) })
    case 'voicemail':
      return say('voicemail', { time: clock(Number(data['seconds'] ?? 0) * 1000) })
    default:
      return String((part as EventPart).name)
  }
}

/** A call from the browser has no number, and nothing was dialled. */
function callStarted({ data }: EventPart, names: Names): string {
  const { number, called, direction } = data
  if (!number) return names.word('event.callStarted.web')
  const out = direction === 'out'
  const sentence = names.word(`event.callStarted.${out ? 'out' : 'in'}`, { number: String(number) })
  if (!called) return sentence
  const values = { called: String(called) }
  return `${sentence}${names.word(`event.callStarted.${out ? 'shown' : 'called'}`, values)}`
}

/** One that was never answered has not lasted either. */
function callEnded({ data }: EventPart, names: Names): string {
  const text = (key: string) => (data[key] === undefined ? '' : String(data[key]))
  const say = (key: string, values?: Record<string, string>) =>
    names.word(`event.callEnded.${key}`, values)
  const by = text('by')
  const reason = data['reason'] ? say('reason', { reason: text('reason') }) : ''
  if (unreached.includes(by))
    return say('unreached', { why: names.word(`phone.outcome.${by}`) }) + reason
  const lasted = Number(data['durationMs'] ?? 0)
  const time = lasted > 0 ? say('duration', { time: clock(lasted) }) : ''
  return say(enders.includes(by) ? by : 'contact') + reason + time
}
