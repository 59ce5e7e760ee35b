import { expect } from 'chai'
import { callNews } from '../../../../admin/src/desk/phone/callNews.ts'
import { dialNumber, extensionNumber } from '../../../../admin/src/desk/phone/dialNumber.ts'
import { lastQueue } from '../../../../admin/src/desk/phone/lastQueue.ts'
import { levelVerdict } from '../../../../admin/src/desk/phone/levelVerdict.ts'
import { myCall } from '../../../../admin/src/desk/phone/myCall.ts'
import { recordingsIn } from '../../../../admin/src/desk/phone/recordingsIn.ts'
import { ringingFor } from '../../../../admin/src/desk/phone/ringingFor.ts'
import { eventSentence } from '../../../../admin/src/desk/thread/eventSentence.ts'
import type { Names } from '../../../../admin/src/desk/thread/eventSentence.ts'
import { writtenChannel } from '../../../../admin/src/desk/writtenChannel.ts'
import { shortcutOf } from '../../../../admin/src/desk/keys/shortcuts.ts'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import type { Part } from '../../../../gateway/domain/message.ts'
import { card, me, message } from '../samples.ts'
import { call, contact, mePresent, offeredToMe, party, voiceCard } from './samples.ts'

const seen = (cards: ConversationCard[], calls: CallCard[]) => ({
  me,
  cards: Object.fromEntries(cards.map((one) => [one.id, one])),
  calls: Object.fromEntries(calls.map((one) => [one.conversationId, one])),
})
type EventPart = Extract<Part, { type: 'event' }>
const event = (name: EventPart['name'], data: Record<string, unknown> = {}): EventPart => ({
  type: 'event',
  name,
  data,
})

describe('admin desk: what rings', () => {
  it('a telephone call offered to me rings, a chat does not', () => {
    expect(ringingFor(seen([offeredToMe('c1')], []))?.id).to.equal('c1')
    const chat = { ...offeredToMe('c2'), channel: 'webchat' as const }
    expect(ringingFor(seen([chat], []))).to.equal(undefined)
  })

  it('a chat whose visitor talks in the browser rings too', () => {
    const chat = { ...offeredToMe('c2'), channel: 'webchat' as const }
    const talking = call('c2', { phase: 'waiting', number: undefined, parties: [contact] })
    expect(ringingFor(seen([chat], [talking]))?.id).to.equal('c2')
  })

  it('asked in on an extension, the extension rings and not the console', () => {
    const other = voiceCard('c1', { agentId: 'a2' })
    const asked = party('p', { agentId: 'a1', kind: 'third', state: 'ringing' })
    const on = (device: 'browser' | 'telephone') =>
      ringingFor(seen([other], [call('c1', { parties: [contact, { ...asked, device }] })]))
    expect(on('browser')?.id).to.equal('c1')
    expect(on('telephone')).to.equal(undefined)
  })

  it('the call I am in is found while I look at something else', () => {
    expect(myCall(seen([card('c9'), voiceCard('c1')], [call('c1')]))?.conversationId).to.equal('c1')
    const ended = call('c1', { phase: 'ended' })
    expect(myCall(seen([voiceCard('c1')], [ended]))).to.equal(undefined)
    const theirs = call('c1', { parties: [contact, party('p2', { agentId: 'a2' })] })
    expect(myCall(seen([voiceCard('c1', { agentId: 'a2' })], [theirs]))).to.equal(undefined)
    const supervised = { ...theirs, parties: [...theirs.parties, mePresent] }
    expect(myCall(seen([], [supervised]))?.conversationId).to.equal('c1')
  })
})

describe('admin desk: what a screen reader is told of a call', () => {
  const waiting = call('c1', { phase: 'waiting' })

  it('connected, held, retrieved, ended: each once', () => {
    expect(callNews(waiting, call('c1'))).to.equal('connected')
    expect(callNews(call('c1'), call('c1', { recording: 'paused' }))).to.equal(undefined)
    expect(callNews(call('c1'), call('c1', { held: true }))).to.equal('held')
    expect(callNews(call('c1', { held: true }), call('c1'))).to.equal('retrieved')
    expect(callNews(call('c1'), call('c1', { phase: 'ended' }))).to.equal('ended')
    expect(callNews(undefined, call('c1', { phase: 'ended' }))).to.equal(undefined)
    const ended = call('c1', { phase: 'ended' })
    expect(callNews(ended, ended)).to.equal(undefined)
  })
})

describe('admin desk: numbers as people write them', () => {
  it('blanks, hyphens, brackets and wide digits are taken out', () => {
    expect(dialNumber('+86 139-0000 0000')).to.equal('+8613900000000')
    expect(dialNumber('(0871) 12301')).to.equal('087112301')
    expect(dialNumber('１２３０１')).to.equal('12301')
    expect(dialNumber('*69#')).to.equal('*69#')
  })

  it('what is no number is refused', () => {
    for (const written of ['', '1', 'tel:110', '12a', '++86', '1'.repeat(25)])
      expect(dialNumber(written), written).to.equal(undefined)
    expect(extensionNumber(' 801 ')).to.equal('801')
    expect(extensionNumber('139000000')).to.equal(undefined)
    expect(extensionNumber('8')).to.equal(undefined)
  })
})

describe('admin desk: calls in the thread', () => {
  const names: Names = {
    agent: (id) => `agent ${id}`,
    queue: (id) => id,
    wrapUpCode: (id) => id,
    word: (key, values = {}) => [key, ...Object.values(values)].join(' '),
  }
  const say = (name: EventPart['name'], data?: Record<string, unknown>) =>
    eventSentence(event(name, data), names)

  it('a call in, out, and from the browser', () => {
    expect(say('callStarted', { direction: 'in', number: '139', called: '12301' })).to.equal(
      'event.callStarted.in 139event.callStarted.called 12301',
    )
    expect(say('callStarted', { direction: 'out', number: '139' })).to.equal(
      'event.callStarted.out 139',
    )
    expect(say('callStarted', { direction: 'in' })).to.equal('event.callStarted.web')
  })

  it('who answered and who ended it, why, and how long it was', () => {
    expect(say('callAnswered', { by: 'contact' })).to.equal('event.callAnswered.contact')
    expect(say('callAnswered', { by: 'a2' })).to.equal('event.callAnswered.agent agent a2')
    expect(say('callEnded', { by: 'fault', reason: 'BYE', durationMs: 63_000 })).to.equal(
      'event.callEnded.faultevent.callEnded.reason BYEevent.callEnded.duration 1:03',
    )
    expect(say('callEnded', { by: 'agent', durationMs: 0 })).to.equal('event.callEnded.agent')
    expect(say('callEnded', { by: 'restart' })).to.equal('event.callEnded.restart')
    expect(say('callEnded', { by: 'noAnswer', durationMs: 20_000 })).to.equal(
      'event.callEnded.unreached phone.outcome.noAnswer',
    )
  })

  it('hold, third parties, recordings, voice messages', () => {
    expect(say('callHeld', { on: true })).to.equal('event.callHeld.on')
    expect(say('callHeld', { on: false })).to.equal('event.callHeld.off')
    expect(say('callParty', { name: '801', joined: false })).to.equal('event.callParty.left 801')
    expect(say('callParty', { name: '801', joined: false, outcome: 'busy' })).to.equal(
      'event.callParty.unreached 801 phone.outcome.busy',
    )
    expect(say('recording', { id: 'r1', durationMs: 5000 })).to.equal('event.recording 0:05')
    expect(say('voicemail', { id: 'r1', seconds: 65 })).to.equal('event.voicemail 1:05')
  })

  it('recordings to be played are found, the newest first', () => {
    const recording = (seq: number) =>
      message(seq, { parts: [event('recording', { id: `r${seq}`, durationMs: 1000 })] })
    expect(
      recordingsIn([recording(1), message(2), recording(3)]).map((one) => one.recordingId),
    ).to.deep.equal(['r3', 'r1'])
  })

  it('parking goes to the queue the caller came from', () => {
    const queued = (seq: number, queueId: string) =>
      message(seq, { parts: [event('queued', { queueId })] })
    expect(lastQueue([queued(1, 'zh'), queued(2, 'en'), message(3)])).to.equal('en')
    expect(lastQueue([message(1)])).to.equal(undefined)
  })

  it('a caller is not written to; a chat that became a call still is', () => {
    const spoken = message(1, { channel: 'voice' })
    expect(writtenChannel(voiceCard('c1'), [spoken])).to.equal(undefined)
    expect(writtenChannel(voiceCard('c1'), [message(1, { channel: 'webchat' }), spoken])).to.equal(
      'webchat',
    )
    expect(writtenChannel(card('c1'), [])).to.equal('webchat')
  })
})

describe('admin desk: the device test', () => {
  it('says in words how loud one is', () => {
    expect([0, 0.03, 0.3, 1].map(levelVerdict)).to.deep.equal(['silent', 'soft', 'good', 'loud'])
  })

  it('mute is a key away, also while writing', () => {
    const press = { code: 'KeyM', key: 'µ', altKey: true, ctrlKey: false, metaKey: false }
    expect(shortcutOf({ ...press, inText: true })).to.equal('mute')
  })
})
