import { expect } from 'chai'
import { createIndex } from '../../../bots/nlu/faq.ts'
import { detectEmergency } from '../../../bots/nlu/emergency.ts'
import {
  sampleCategories,
  sampleKnowledge,
  sampleQueues,
  sampleSchedules,
  sampleSources,
  sampleSynonyms,
  sampleTicketKinds,
} from '../../../bots/samples/hotline/index.ts'

const LANGS = ['zh-CN', 'en']

describe('sample knowledge', () => {
  it('has at least eighty entries, each with its own id, in every category of the seeds', () => {
    expect(sampleKnowledge.length).to.be.at.least(80)
    expect(new Set(sampleKnowledge.map(({ id }) => id))).to.have.length(sampleKnowledge.length)
    const used = new Set(sampleKnowledge.map(({ category }) => category))
    expect([...used].sort()).to.deep.equal(sampleCategories.map(({ id }) => id).sort())
  })

  it('says everything in both languages, with two to four other wordings and a source', () => {
    for (const entry of sampleKnowledge) {
      for (const lang of LANGS) {
        expect(entry.question[lang], entry.id).to.be.a('string').and.not.empty
        expect(entry.answer[lang], entry.id).to.be.a('string').and.not.empty
        expect(entry.variants?.[lang]?.length, entry.id).to.be.within(2, 4)
      }
      expect(entry.source, entry.id).to.not.be.empty
      expect(entry.source, entry.id).to.not.match(/https?:/)
    }
  })

  it('keeps Chinese in the Chinese answers and English in the English ones', () => {
    for (const { id, answer } of sampleKnowledge) {
      expect(answer['zh-CN'], id).to.match(/\p{Script=Han}{4}/u)
      // official account names may stand in brackets
      expect(answer.en!.replace(/\([^)]*\)/g, ''), id).to.not.match(/\p{Script=Han}/u)
    }
  })

  it('fits an SMS of ten parts and a breath: no answer is longer than 700 characters', () => {
    for (const { id, answer } of sampleKnowledge)
      for (const lang of LANGS) expect(answer[lang]!.length, id).to.be.at.most(700)
  })

  it('asks no question twice', () => {
    const wordings = sampleKnowledge.flatMap(({ question, variants }) =>
      LANGS.flatMap((lang) => [question[lang]!, ...(variants?.[lang] ?? [])]),
    )
    expect(new Set(wordings)).to.have.length(wordings.length)
  })

  it('finds every entry by its own question', () => {
    const index = createIndex(sampleKnowledge, { synonyms: sampleSynonyms })
    const lost = sampleKnowledge.flatMap(({ id, question }) =>
      LANGS.filter((lang) => index.search(question[lang]!, lang, 1)[0]?.id !== id).map(
        (lang) => `${id} ${lang}`,
      ),
    )
    expect(lost).to.deep.equal([])
  })

  it('asks nothing that would set off the emergency desk, but for the emergency numbers', () => {
    // whoever asks which number to call for a fire may well be standing before one
    const others = sampleKnowledge.filter(({ id }) => id !== 'branches-emergency')
    const alarms = others.flatMap(({ question, variants }) =>
      LANGS.flatMap((lang) => [question[lang]!, ...(variants?.[lang] ?? [])]).filter((text) =>
        detectEmergency(text),
      ),
    )
    expect(alarms).to.deep.equal([])
  })
})

describe('sample data', () => {
  it('gives one row for each key, with the columns the flows read', () => {
    for (const { id, key, rows } of sampleSources) {
      const keys = rows.map((row) => row[key])
      expect(new Set(keys), id).to.have.length(rows.length)
      expect(keys, id).to.not.include(undefined)
    }
    const months = sampleSources.find(({ id }) => id === 'weather')!.rows
    expect(months.map(({ month }) => month)).to.deep.equal(
      Array.from({ length: 12 }, (_, i) => i + 1),
    )
    for (const { month, low, high } of months)
      expect(low, String(month)).to.be.below(high as number)
  })

  it('is open from half past eight to nine in the evening, every day of the week', () => {
    const [office] = sampleSchedules
    expect(office!.week).to.have.length(7)
    for (const day of office!.week) expect(day).to.deep.equal([{ fromMinute: 510, toMinute: 1260 }])
  })

  it('answers emergencies first and at any hour', () => {
    const emergency = sampleQueues.find(({ id }) => id === 'emergency')!
    expect(emergency.scheduleId).to.equal(undefined)
    for (const { id, priority } of sampleQueues)
      if (id !== 'emergency') expect(priority, id).to.be.above(emergency.priority)
  })

  it('numbers all tickets with one letter, since a keypad has none', () => {
    expect(new Set(sampleTicketKinds.map(({ prefix }) => prefix))).to.have.length(1)
  })

  it('names no synonym in two groups', () => {
    const words = sampleSynonyms.flat()
    const twice = words.filter((word, at) => words.indexOf(word) !== at)
    expect(twice).to.deep.equal([])
  })
})
