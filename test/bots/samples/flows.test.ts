import { expect } from 'chai'
import { runTests } from '../../../bots/flow/run-tests.ts'
import { validate } from '../../../bots/flow/validate.ts'
import { EMERGENCY_WORDS, detectEmergency } from '../../../bots/nlu/emergency.ts'
import { syllables } from '../../../bots/nlu/pinyin.ts'
import {
  sampleFlows,
  sampleQueues,
  sampleSchedules,
  sampleSources,
  sampleTicketKinds,
} from '../../../bots/samples/hotline/index.ts'
import { visit } from './hotline.ts'

const ids = (list: { id: string }[]) => list.map(({ id }) => id)
const environment = {
  flows: sampleFlows,
  queues: ids(sampleQueues),
  schedules: ids(sampleSchedules),
  sources: ids(sampleSources),
  ticketKinds: ids(sampleTicketKinds),
  knowledgeBases: ['hotline'],
  mailboxes: ['general'],
  soundOf: (phrase: string) => syllables(phrase).join(' '),
}

describe('sample flows', () => {
  for (const doc of sampleFlows) {
    describe(doc.id, () => {
      it('may be published: no errors, and no warning but the length of the main menu', () => {
        const problems = validate(doc, environment)
        const unexpected = problems.filter(({ code }) => code !== 'MENU_LONG')
        expect(unexpected).to.deep.equal([])
      })

      for (const { name, failures } of runTests(doc, sampleFlows).tests) {
        it(name, () => expect(failures).to.deep.equal([]))
      }
    })
  }

  it('has a golden conversation through nearly every block', () => {
    for (const doc of sampleFlows) {
      const { untouchedBlocks } = runTests(doc, sampleFlows)
      expect(untouchedBlocks.length, doc.id).to.be.at.most(3)
    }
  })

  it('takes every emergency word of the flow for one elsewhere too', () => {
    const sos = sampleFlows[0]!.hotkeys!.find(({ id }) => id === 'sos')!
    const missed = Object.values(sos.say!)
      .flat()
      .filter((word) => !detectEmergency(word))
    expect(missed).to.deep.equal([])
    expect(EMERGENCY_WORDS.call.zh).to.include('救命')
  })
})

describe('a visit to the sample hotline', () => {
  it('a caller hears the weather of a month as averages, never as a forecast', () => {
    const caller = visit('voice')
    caller.presses('1')
    caller.presses('4')
    expect(caller.presses('7')).to.include('22到32度').and.include('不是预报')
  })

  it('a visitor asks in English at once and is answered in English', () => {
    const visitor = visit('webchat')
    expect(visitor.says('how do I use the metro')).to.include('ride code')
    expect(visitor.state.lang).to.equal('en')
  })

  it('a visitor chooses a three day route', () => {
    const visitor = visit('wechat')
    visitor.says('1')
    visitor.says('2')
    expect(visitor.says('三天')).to.include('华山')
  })

  it('a visitor asks where to stay near the airport', () => {
    const visitor = visit('webchat', 'en')
    visitor.says('5')
    visitor.says('hotels')
    expect(visitor.says('early flight')).to.include('Xianyang Airport')
  })

  it('a complaint gets a serial number, and its digits find it again', () => {
    const caller = visit('voice')
    caller.presses('1')
    caller.presses('7')
    caller.presses('1')
    caller.says('导游强迫我们买东西')
    caller.says('不知道')
    caller.says('昨天')
    expect(caller.presses('1')).to.include('C 2 0 2 6 1 0 0 5 - 0 0 0 1')
    expect(caller.tickets.get('C202610050001')).to.include({
      what: '导游强迫我们买东西',
      when: '2026-10-04',
      phone: '13800001234',
    })
    caller.says('主菜单')
    caller.presses('8')
    expect(caller.presses('202610050001#')).to.include('等待分派')
  })

  it('whoever cries for help in the middle of a complaint is handed over first', () => {
    const caller = visit('voice')
    caller.presses('1')
    caller.presses('7')
    caller.presses('1')
    const said = caller.says('我爸晕倒了')
    expect(said).to.include('120').and.include('110')
    expect(caller.handoff).to.include({ queue: 'emergency', emergency: true })
  })

  it('asking to be helped with a booking is no emergency', () => {
    const visitor = visit('webchat', 'en')
    visitor.says('can you help me book a hotel')
    expect(visitor.handoff).to.equal(undefined)
  })

  it('0 reaches a person from anywhere, an English one for English', () => {
    const chinese = visit('voice')
    chinese.presses('1')
    chinese.presses('2')
    chinese.presses('0')
    expect(chinese.handoff?.queue).to.equal('general')
    const english = visit('voice')
    english.presses('2')
    english.presses('0')
    expect(english.handoff?.queue).to.equal('english')
  })
})
