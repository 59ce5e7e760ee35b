import { expect } from 'chai'
import { contentPieces } from '../../../bots/nlu/chinese.ts'
import { oneSlipApart, stem } from '../../../bots/nlu/english.ts'
import { normalise } from '../../../bots/nlu/normalise.ts'
import { createPinyinRepair } from '../../../bots/nlu/pinyin.ts'
import { createSynonyms } from '../../../bots/nlu/synonyms.ts'
import { termsOf } from '../../../bots/nlu/terms.ts'

describe('words', () => {
  it('writes full width, case and apostrophes one way and leaves traditional characters alone', () => {
    expect(normalise('WiFi密碼?  don’t')).to.equal('wifi密碼 dont')
  })

  it('brings forms of one English word together', () => {
    for (const forms of [
      ['ticket', 'tickets'],
      ['city', 'cities'],
      ['stop', 'stopping', 'stopped', 'stops'],
      ['cancel', 'cancelled', 'cancelling'],
      ['reserve', 'reserving', 'reserved'],
      ['reservation', 'reservations'],
    ]) {
      expect(new Set(forms.map(stem)), forms.join()).to.have.length(1)
    }
  })

  it('does not cut short words or numbers', () => {
    expect(['bus', 'is', '240s', 'pass'].map(stem)).to.deep.equal(['bus', 'is', '240s', 'pass'])
  })

  it('sees one slip: another letter, one more, one less, two swapped; not two slips', () => {
    for (const typo of ['pagora', 'pagodaa', 'pagda', 'pagdoa']) {
      expect(oneSlipApart(typo, 'pagoda'), typo).to.equal(true)
    }
    for (const other of ['pagoda', 'pgda', 'bagora']) {
      expect(oneSlipApart(other, 'pagoda'), other).to.equal(false)
    }
  })

  it('cuts politeness away but keeps 目的地 and 的士 whole', () => {
    expect(contentPieces('请问城墙的门票')).to.deep.equal(['城墙', '门票'])
    expect(contentPieces('目的地')).to.deep.equal(['目的地'])
    expect(contentPieces('打的士')).to.deep.equal(['打的士'])
  })

  it('keeps a text of nothing but politeness', () => {
    expect(contentPieces('可以吗')).to.deep.equal(['可以吗'])
  })

  it('takes the longest synonym and gives both languages one term above their own words', () => {
    const synonyms = createSynonyms([
      ['机场大巴', 'airport bus'],
      ['机场', 'airport'],
    ])
    const heaviest = (text: string) => {
      const [first, second] = [...termsOf(text, synonyms)].sort((a, b) => b[1] - a[1])
      expect(first![1]).to.be.greaterThan(2 * second![1])
      return first![0]
    }
    expect(heaviest('机场大巴')).to.equal('=0')
    expect(heaviest('the airport buses')).to.equal('=0')
    expect(heaviest('机场')).to.equal('=1')
    expect([...termsOf('机场大巴', synonyms).keys()]).not.to.include('=1')
  })

  it('repairs a word that sounds alike and leaves the words of the lexicon as they are', () => {
    const repair = createPinyinRepair(['羊肉泡馍', '投诉', '华清池'])
    expect(repair.repair('养肉抛摸哪家好')?.text).to.equal('羊肉泡馍哪家好')
    expect(repair.repair('我要头诉')?.text).to.equal('我要投诉')
    expect(repair.repair('我要投诉')).to.equal(undefined)
  })

  it('bridges zh and z, n and ng in words of three characters, not of two', () => {
    const repair = createPinyinRepair(['长恨歌', '城墙'])
    expect(repair.repair('藏恨歌')?.text).to.equal('长恨歌')
    expect(repair.repair('层墙')).to.equal(undefined)
  })
})
