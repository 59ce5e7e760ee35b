import { expect } from 'chai'
import { detectEmergency } from '../../../bots/nlu/emergency.ts'
import type { EmergencyKind } from '../../../bots/nlu/emergency.ts'

const CALLS: [string, EmergencyKind][] = [
  ['救命啊!', 'call'],
  ['有人落水了,快来人', 'water'],
  ['我爸高反喘不上气', 'medical'],
  ['我妈在城墙上晕倒了', 'medical'],
  ['前面出车祸了', 'traffic'],
  ['孩子在兵马俑走丢了', 'missing'],
  ['我们被困在缆车上了', 'trapped'],
  ['我要报警', 'call'],
  ['導遊不讓我走, 救命', 'call'],
  ['酒店着火了', 'fire'],
  ['help', 'call'],
  ['Help me!', 'call'],
  ['HELP ME PLEASE', 'call'],
  ['please help me my wife is bleeding badly', 'medical'],
  ['My father is having a heart attack', 'medical'],
  ['someone is drowning in the lake', 'water'],
  ["I can't find my son anywhere", 'missing'],
  ['we had an accident on the highway', 'traffic'],
  ['I was robbed near the station', 'crime'],
  ['we are trapped in the cable car', 'trapped'],
  ['can you help me, my husband passed out', 'medical'],
  ['what should I do if someone is not breathing', 'medical'],
  ['I have travel insurance but he is unconscious', 'medical'],
]

const QUESTIONS = [
  'can you help me book a ticket',
  'Could you please help me find a hotel?',
  'please help me with my booking',
  'help me plan a two day trip',
  'can you help me?',
  'I need help with the metro',
  'what is the emergency number',
  'what number do I call for an ambulance number',
  'does travel insurance cover accidents',
  'accident insurance for tourists',
  'I am dying to see the Terracotta Army',
  'is it a tourist trap',
  'child ticket price',
  'lost property office',
  'I lost my phone',
  'what if I get food poisoning',
  'is there a helmet for the bike',
  '心脏病患者能坐缆车吗',
  '我有心脏病可以爬华山吗',
  '报警电话是多少',
  '景区怎么预防中暑',
  '如果孩子走失了怎么办',
  '要买交通事故险吗',
  '救命的电话是多少',
  '行李箱丢了找谁',
  '可以帮我订票吗',
  '我要投诉导游',
  '山上会不会被困',
]

describe('emergency words', () => {
  for (const [text, kind] of CALLS) {
    it(`hears a call for help (${kind}): ${text}`, () => {
      expect(detectEmergency(text)?.kind).to.equal(kind)
    })
  }

  for (const text of QUESTIONS) {
    it(`takes for an ordinary question: ${text}`, () => {
      expect(detectEmergency(text)).to.equal(undefined)
    })
  }

  it('hears the danger behind a polite request in the same sentence', () => {
    expect(detectEmergency('help me book a taxi, my wife is not breathing')?.phrase).to.equal(
      'not breathing',
    )
  })

  it('hears words only as words: a helmet is no help, begging is no bleeding', () => {
    expect(detectEmergency('sosnovka street')).to.equal(undefined)
    expect(detectEmergency('undying love')).to.equal(undefined)
  })
})
