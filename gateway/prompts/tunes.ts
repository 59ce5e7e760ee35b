/** Music for those who wait or are held, and what is heard before the hotline answers. */
import { fail } from '../errors.ts'
import type { Bus } from '../bus/bus.ts'
import { AccountModel } from '../intake/model.ts'
import { QueueModel } from '../routing/model.ts'
import { newId } from '../store/id.ts'
import type { Tune } from './model.ts'
import { PromptRecordingModel, TuneModel } from './model.ts'
import type { TuneView } from './schema.ts'

type Fields = Pick<Tune, 'name' | 'pieces' | 'isDefault'>

export class Tunes {
  private readonly bus: Bus
  private byId = new Map<string, Tune>()
  /** which piece the next listener hears first, so that all are heard */
  private turn = 0

  constructor(options: { bus: Bus }) {
    this.bus = options.bus
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.read()
    this.bus.subscribe('tunes', () => void this.read().catch(onError))
  }

  /** Of the chosen one, or of the house's where none is chosen or it is gone; every time from another piece on. */
  pieces(kind: Tune['kind'], chosen: string | undefined): string[] {
    const wanted = chosen === undefined ? undefined : this.byId.get(chosen)
    const own = (tune: Tune) => tune.kind === kind && tune.isDefault
    const tune = wanted?.kind === kind ? wanted : [...this.byId.values()].find(own)
    if (!tune?.pieces.length) return []
    const first = this.turn++ % tune.pieces.length
    return [...tune.pieces.slice(first), ...tune.pieces.slice(0, first)]
  }

  async list(): Promise<TuneView[]> {
    const [tunes, queues, numbers] = await Promise.all([
      TuneModel.find().sort({ kind: 1, name: 1 }).lean<Tune[]>(),
      QueueModel.find({ 'voice.tune': { $exists: true } }).lean<
        { _id: string; name: { zh: string }; voice?: { tune?: string } }[]
      >(),
      AccountModel.find({
        channel: 'voice',
        $or: [{ holdTune: { $exists: true } }, { ringback: { $exists: true } }],
      }).lean<{ _id: string; name: string; holdTune?: string; ringback?: { tune: string } }[]>(),
    ])
    return tunes.map(({ _id, ...tune }) => ({
      id: _id,
      ...tune,
      usedBy: [
        ...queues
          .filter(({ voice }) => voice?.tune === _id)
          .map(({ _id: id, name }) => ({ kind: 'queue' as const, id, name: name.zh })),
        ...numbers
          .filter(({ holdTune, ringback }) => holdTune === _id || ringback?.tune === _id)
          .map(({ _id: id, name }) => ({ kind: 'number' as const, id, name })),
      ],
    }))
  }

  /** @throws BAD_REQUEST for a piece that is no recording */
  async create(fields: Fields & Pick<Tune, 'kind'>): Promise<TuneView> {
    await refuseStrangers(fields.pieces)
    const tune: Tune = { _id: newId(), ...fields, version: 1 }
    await TuneModel.create(tune)
    return this.changed(tune)
  }

  /** @throws NOT_FOUND, CONFLICT, BAD_REQUEST */
  async update(id: string, version: number, fields: Partial<Fields>): Promise<TuneView> {
    if (fields.pieces) await refuseStrangers(fields.pieces)
    const tune = await TuneModel.findOneAndUpdate(
      { _id: id, version },
      { $set: fields, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean<Tune>()
    if (!tune) fail((await TuneModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
    return this.changed(tune)
  }

  /** @throws NOT_FOUND, IN_USE */
  async remove(id: string): Promise<void> {
    const tune = (await this.list()).find((each) => each.id === id) ?? fail('NOT_FOUND')
    if (tune.usedBy.length) fail('IN_USE', tune.usedBy[0])
    await TuneModel.deleteOne({ _id: id })
    await this.changed()
  }

  private async changed(tune?: Tune): Promise<TuneView> {
    if (tune?.isDefault) {
      await TuneModel.updateMany(
        { _id: { $ne: tune._id }, kind: tune.kind, isDefault: true },
        { $set: { isDefault: false }, $inc: { version: 1 } },
      )
    }
    await this.read()
    this.bus.publish('tunes', {})
    return (await this.list()).find(({ id }) => id === tune?._id)!
  }

  private async read(): Promise<void> {
    const tunes = await TuneModel.find().lean<Tune[]>()
    this.byId = new Map(tunes.map((tune) => [tune._id, tune]))
  }
}

async function refuseStrangers(pieces: string[]): Promise<void> {
  const known = await PromptRecordingModel.countDocuments({ _id: { $in: pieces } })
  if (known !== new Set(pieces).size) fail('BAD_REQUEST', { where: 'pieces' })
}
