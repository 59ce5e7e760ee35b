/** Sets of intents: drafts, trained versions, and the classifiers that callers meet. */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { setImmediate } from 'node:timers/promises'
import type { Classifier, IntentScore } from '../../bots/nlu/classifier.ts'
import { trainClassifier } from '../../bots/nlu/classifier.ts'
import { crossValidate } from '../../bots/nlu/cross-validate.ts'
import type { Bus } from '../bus/bus.ts'
import { maskPersonal } from '../domain/mask-personal.ts'
import { fail } from '../errors.ts'
import { evaluation, examplesOf, keywordsOf } from './evaluate.ts'
import type { Intent, IntentSet, IntentVersion, Name } from './model.ts'
import { IntentSetModel, IntentVersionModel, UnsortedModel } from './model.ts'
import type { EvaluationView } from './schema.ts'

/** A likelihood below this is a guess; the words go on the list for staff. */
const GUESS = 0.5
const MAX_CHARS = 200
/** of one set: each is looked at 120 times when it is trained */
const MAX_EXAMPLES = 6000
const MAX_PER_LANG = 300
const LEAST_INTENTS = 2

export interface IntentsOptions {
  now: () => number
  /** flows, as people see them, that use this set */
  usedBy?: (id: string) => Promise<string[]>
}

export class Intents {
  private readonly now: () => number
  private readonly usedBy: NonNullable<IntentsOptions['usedBy']>
  private bus: Bus | undefined
  private onError: (error: unknown) => void = () => undefined
  /** what callers meet, by set; a promise while it is being trained */
  private readonly trained = new Map<string, { number: number; classifier: Promise<Classifier> }>()
  private readonly wanted = new Map<string, number>()
  /** of the draft, for the trial box */
  private readonly tried = new Map<string, { version: number; classifier: Promise<Classifier> }>()
  private known: string[] = []

  constructor({ now, usedBy }: IntentsOptions) {
    this.now = now
    this.usedBy = usedBy ?? (() => Promise.resolve([]))
  }

  async start(bus: Bus, onError: (error: unknown) => void): Promise<void> {
    this.bus = bus
    this.onError = onError
    await this.refresh()
    bus.subscribe('intents', () => void this.refresh().catch(onError))
  }

  /** What flows may name. */
  get ids(): string[] {
    return this.known
  }

  /**
   * For callers: what is sorted by a guess goes on the list for staff.
   * @throws NO_SUCH_INTENTS for a set that is not there or was never trained
   */
  async classify(id: string, text: string, lang: string, top: number): Promise<IntentScore[]> {
    const scores = await this.sort(id, text, lang, top)
    if ((scores[0]?.score ?? 0) < GUESS) await this.keepUnsorted(id, text, lang, scores[0]?.intent)
    return scores
  }

  /** As callers meet it, and leaves no trace: for trials. @throws NO_SUCH_INTENTS */
  async sort(id: string, text: string, lang: string, top: number): Promise<IntentScore[]> {
    const live = this.trained.get(id) ?? fail('NO_SUCH_INTENTS', { id })
    return (await live.classifier).classify(text, lang).slice(0, top)
  }

  /** As the draft would sort it. */
  async try(id: string, text: string, lang: string): Promise<IntentScore[]> {
    const set = await this.find(id)
    let tried = this.tried.get(id)
    if (tried?.version !== set.version) {
      tried = { version: set.version, classifier: train(set.intents) }
      this.tried.set(id, tried)
    }
    return (await tried.classifier).classify(text, lang)
  }

  async evaluate(id: string): Promise<EvaluationView> {
    const { intents } = await this.find(id)
    const validation = await crossValidate(examplesOf(intents), keywordsOf(intents), setImmediate)
    return evaluation(intents, validation)
  }

  async create(id: string, name: Name): Promise<IntentSet> {
    if (await IntentSetModel.exists({ _id: id })) fail('INTENTS_TAKEN', { id })
    const at = new Date(this.now())
    const set: IntentSet = { _id: id, name, intents: [], version: 1, made: 0, updatedAt: at }
    await IntentSetModel.create(set)
    await this.changed()
    return set
  }

  async change(
    id: string,
    version: number,
    fields: { name?: Name; intents?: Intent[] },
  ): Promise<IntentSet> {
    if (fields.intents) refuseTooMany(fields.intents)
    const set = await IntentSetModel.findOneAndUpdate(
      { _id: id, version },
      { $set: { ...fields, updatedAt: new Date(this.now()) }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean<IntentSet>()
    return set ?? fail((await IntentSetModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
  }

  /** Examples from real conversations, into the draft; those it has already are left out. */
  async addExamples(id: string, intent: string, lang: string, texts: string[]): Promise<IntentSet> {
    const set = await this.find(id)
    if (!set.intents.some((each) => each.id === intent)) fail('NOT_FOUND')
    const intents = set.intents.map((each) =>
      each.id === intent
        ? { ...each, examples: { ...each.examples, [lang]: union(each.examples[lang], texts) } }
        : each,
    )
    const changed = await this.change(id, set.version, { intents })
    await UnsortedModel.deleteMany({ setId: id, lang, text: { $in: texts } })
    return changed
  }

  async remove(id: string): Promise<void> {
    const flows = await this.usedBy(id)
    if (flows.length) fail('INTENTS_IN_USE', { flows })
    const { deletedCount } = await IntentSetModel.deleteOne({ _id: id })
    if (!deletedCount) fail('NOT_FOUND')
    await IntentVersionModel.deleteMany({ setId: id })
    await UnsortedModel.deleteMany({ setId: id })
    await this.changed()
  }

  /** Freezes the draft as the next version, tried and trained; callers meet it from now on. */
  async train(id: string, by: string, note: string): Promise<IntentVersion> {
    const set = await this.find(id)
    const taught = set.intents.filter(({ examples }) => Object.values(examples).flat().length > 0)
    if (taught.length < LEAST_INTENTS) fail('INTENTS_TOO_FEW')
    refuseTooMany(set.intents)
    const { asked, first, amongThree } = await crossValidate(
      examplesOf(set.intents),
      keywordsOf(set.intents),
      setImmediate,
    )
    const counted = await IntentSetModel.findOneAndUpdate(
      { _id: id },
      { $inc: { made: 1 } },
      { returnDocument: 'after' },
    ).lean<IntentSet>()
    const number = (counted ?? fail('NOT_FOUND')).made
    const version: IntentVersion = {
      _id: `${id}@${number}`,
      ...{ setId: id, number, intents: set.intents, at: new Date(this.now()), by, note },
      figures: { asked, first, amongThree },
    }
    await IntentVersionModel.create(version)
    await IntentSetModel.updateOne({ _id: id }, { $set: { live: number } })
    await this.changed()
    return version
  }

  /** Points callers to a version of before. */
  async rollBack(id: string, number: number): Promise<void> {
    if (!(await IntentVersionModel.exists({ setId: id, number }))) fail('NOT_FOUND')
    await IntentSetModel.updateOne({ _id: id }, { $set: { live: number } })
    await this.changed()
  }

  async find(id: string): Promise<IntentSet> {
    return (await IntentSetModel.findById(id).lean<IntentSet>()) ?? fail('NOT_FOUND')
  }

  /** Does the draft say something else than what callers meet? */
  async isChanged({ _id, live, intents }: IntentSet): Promise<boolean> {
    if (live === undefined) return true
    const version = await IntentVersionModel.findById(`${_id}@${live}`).lean<IntentVersion>()
    return !isDeepStrictEqual(version?.intents, intents)
  }

  private async changed(): Promise<void> {
    this.bus?.publish('intents', {})
    await this.refresh()
  }

  /** Trains what is live and not trained here yet; until then callers meet the version before. */
  private async refresh(): Promise<void> {
    const sets = await IntentSetModel.find({}, { intents: 0 }).lean<IntentSet[]>()
    this.known = sets.map(({ _id }) => _id)
    for (const id of this.trained.keys()) if (!this.known.includes(id)) this.trained.delete(id)
    await Promise.all(
      sets.map(async ({ _id: id, live }) => {
        if (live === undefined) return
        if (this.trained.get(id)?.number === live) return void this.wanted.set(id, live)
        const version = await IntentVersionModel.findById(`${id}@${live}`).lean<IntentVersion>()
        if (!version) return
        const classifier = train(version.intents)
        classifier.catch(this.onError)
        this.wanted.set(id, live)
        // the first of its set is waited for by whoever asks; a later one takes over when it is ready,
        // unless another was asked for meanwhile
        if (this.trained.has(id)) await classifier
        if (this.wanted.get(id) === live) this.trained.set(id, { number: live, classifier })
      }),
    )
  }

  private async keepUnsorted(
    setId: string,
    said: string,
    lang: string,
    likeliest: string | undefined,
  ): Promise<void> {
    const text = maskPersonal(said.trim().slice(0, MAX_CHARS))
    if (!text) return
    const key = `${setId}\n${lang}\n${text.toLowerCase()}`
    await UnsortedModel.updateOne(
      { _id: createHash('sha256').update(key).digest('hex').slice(0, 32) },
      {
        $inc: { count: 1 },
        $set: { lastAt: new Date(this.now()), ...(likeliest && { likeliest }) },
        $setOnInsert: { setId, text, lang },
      },
      { upsert: true },
    )
  }
}

const train = (intents: Intent[]): Promise<Classifier> =>
  trainClassifier(examplesOf(intents), keywordsOf(intents), setImmediate)

function refuseTooMany(intents: Intent[]): void {
  const examples = examplesOf(intents).length
  const crowded = intents.find(({ examples: byLang }) =>
    Object.values(byLang).some((texts) => texts.length > MAX_PER_LANG),
  )
  if (examples > MAX_EXAMPLES || crowded)
    fail('TOO_MANY_EXAMPLES', { examples, ...(crowded && { intent: crowded.id }) })
}

const union = (known: string[] = [], more: string[]): string[] => [...new Set([...known, ...more])]
