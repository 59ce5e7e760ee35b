import { expect } from 'chai'
import mongoose, { Schema } from 'mongoose'
import type { TestDatabase } from './database.ts'
import { errorOf, openDatabase } from './database.ts'

interface Message {
  seq: number
  parts: { kind: string; text?: string }[]
}
interface Conversation {
  number: string
  state: string
  epoch: number
  messages: Message[]
  contact?: mongoose.Types.ObjectId
  labels: Map<string, string>
}

function define(connection: mongoose.Connection) {
  const contact = new Schema({ name: { type: String, required: true } })
  const conversation = new Schema<Conversation>(
    {
      number: { type: String, unique: true },
      state: { type: String, default: 'bot', index: true },
      epoch: { type: Number, default: 0 },
      messages: [{ seq: Number, parts: [{ kind: String, text: String }] }],
      contact: { type: Schema.Types.ObjectId, ref: 'Contact' },
      labels: { type: Map, of: String },
    },
    { timestamps: true, optimisticConcurrency: true },
  )
  conversation.index({ state: 1, epoch: -1 }, { partialFilterExpression: { state: 'queued' } })
  return {
    Contacts: connection.model('Contact', contact),
    Conversations: connection.model('Conversation', conversation),
  }
}

describe('mongoose models', () => {
  let database: TestDatabase
  let connection: mongoose.Connection
  let Conversations: ReturnType<typeof define>['Conversations']
  let Contacts: ReturnType<typeof define>['Contacts']
  before(async () => {
    database = await openDatabase()
    const { databaseName: dbName } = database.db
    connection = await mongoose.createConnection(database.uri, { dbName }).asPromise()
    ;({ Conversations, Contacts } = define(connection))
    await Conversations.init()
  })
  after(async () => {
    await connection.close()
    await database.close()
  })

  it('create their indexes', async () => {
    const names = (await Conversations.collection.indexes()).map(({ name }) => name)
    expect(names).to.include.members(['_id_', 'number_1', 'state_1', 'state_1_epoch_-1'])
    expect(await Conversations.diffIndexes()).to.deep.equal({ toDrop: [], toCreate: [] })
  })

  it('save, change and populate a document', async () => {
    const contact = await Contacts.create({ name: 'Zhang' })
    const conversation = await Conversations.create({
      number: '1',
      contact: contact._id,
      labels: { vip: 'yes' },
    })
    conversation.messages.push({ seq: 1, parts: [{ kind: 'text', text: '你好' }] })
    conversation.state = 'queued'
    await conversation.save()
    const found = await Conversations.findOne({ 'messages.parts.text': '你好' }).populate<{
      contact: { name: string }
    }>('contact')
    expect(found?.contact.name).to.equal('Zhang')
    expect(found?.labels.get('vip')).to.equal('yes')
    expect(found?.messages[0]?.parts[0]?.text).to.equal('你好')
  })

  it('notice that another changed the document meanwhile', async () => {
    await Conversations.create({ number: '2' })
    const [one, two] = await Promise.all([
      Conversations.findOne({ number: '2' }),
      Conversations.findOne({ number: '2' }),
    ])
    one!.state = 'queued'
    await one!.save()
    two!.state = 'closed'
    expect((await errorOf(two!.save())).name).to.equal('VersionError')
  })

  it('tell a duplicate by its fields', async () => {
    await Conversations.create({ number: '3' })
    const error = await errorOf(Conversations.create({ number: '3' }))
    expect([error.code, error.keyValue]).to.deep.equal([11000, { number: '3' }])
  })

  it('number messages without gaps by one conditional write each', async () => {
    await Conversations.create({ number: '4', epoch: 0 })
    await Promise.all(
      Array.from({ length: 30 }, () =>
        Conversations.updateOne(
          { number: '4' },
          [
            {
              $set: {
                epoch: { $add: ['$epoch', 1] },
                messages: {
                  $concatArrays: ['$messages', [{ seq: { $add: ['$epoch', 1] }, parts: [] }]],
                },
              },
            },
          ],
          { updatePipeline: true },
        ),
      ),
    )
    const found = await Conversations.findOne({ number: '4' }).lean()
    expect(found?.messages.map(({ seq }) => seq)).to.deep.equal(
      Array.from({ length: 30 }, (_, i) => i + 1),
    )
  })

  it('write in bulk', async () => {
    const result = await Conversations.bulkWrite([
      { insertOne: { document: { number: '5' } } },
      {
        updateOne: { filter: { number: '6' }, update: { $set: { state: 'closed' } }, upsert: true },
      },
      { updateMany: { filter: { number: { $in: ['5', '6'] } }, update: { $inc: { epoch: 5 } } } },
      { deleteOne: { filter: { number: '5' } } },
    ])
    expect([
      result.insertedCount,
      result.upsertedCount,
      result.modifiedCount,
      result.deletedCount,
    ]).to.deep.equal([1, 1, 2, 1])
    expect((await Conversations.findOne({ number: '6' }))?.epoch).to.equal(5)
  })

  it('stream, count and aggregate', async () => {
    await Conversations.insertMany(
      Array.from({ length: 300 }, (_, i) => ({ number: `s${i}`, state: 'archived', epoch: i })),
    )
    let sum = 0
    for await (const doc of Conversations.find({ state: 'archived' })
      .sort({ epoch: 1 })
      .cursor({ batchSize: 50 })) {
      sum += doc.epoch
    }
    expect(sum).to.equal((299 * 300) / 2)
    expect(await Conversations.countDocuments({ state: 'archived', epoch: { $lt: 100 } })).to.equal(
      100,
    )
    expect(await Conversations.exists({ state: 'archived', epoch: 1000 })).to.equal(null)
    const [totals] = await Conversations.aggregate<{ total: number }>([
      { $match: { state: 'archived' } },
      { $group: { _id: null, total: { $sum: '$epoch' } } },
    ])
    expect(totals?.total).to.equal(sum)
  })

  it('use sessions', async () => {
    const session = await connection.startSession()
    await Conversations.findOne({}, null, { session })
    await session.endSession()
    expect(session.hasEnded).to.equal(true)
  })
})
