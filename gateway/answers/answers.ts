/**
 * An optional model that words answers from approved passages. Off until somebody switches it on; whatever goes
 * wrong with it, the stored answer is told instead.
 */
import type { Hit } from '../../bots/nlu/faq.ts'
import { SCORE } from '../../bots/nlu/scoring.ts'
import { CircuitBreaker } from '../domain/circuit-breaker.ts'
import { maskPersonal } from '../domain/mask-personal.ts'
import { fail } from '../errors.ts'
import type { AddressGuard } from '../outgoing/address-guard.ts'
import { RefusedAddress } from '../outgoing/address-guard.ts'
import { CallFailed, CallOut } from '../outgoing/call-out.ts'
import { seal, unseal } from '../store/sealed.ts'
import { askModel, ModelFailed } from './ask-model.ts'
import type { Check, Passage, Refusal } from './checks.ts'
import { checkAnswer } from './checks.ts'
import type { AnswerSettings } from './model.ts'
import { AnswerSettingsModel } from './model.ts'
import { promptFor, readDraft } from './prompt.ts'

/** Enough context for one question; more costs time on the telephone. */
const PASSAGES = 3
/** Beyond these at once, callers get the stored answer without waiting for a turn. */
const AT_ONCE = 8
const SEAL_OWNER = 'answers key'

export type Hindrance =
  Refusal | 'off' | 'notSet' | 'noPassage' | 'busy' | 'resting' | 'timeout' | 'address' | 'server'

export interface Attempt {
  passages: Passage[]
  asked: string
  raw?: string
  hindrance?: Hindrance
  detail?: string
  /** worded by the model, and passed by every check */
  told?: string
}

const DEFAULTS: AnswerSettings = {
  ...{ _id: 'model', enabled: false, onCalls: false, baseUrl: '', model: '' },
  ...{ timeoutMs: 3000, maxChars: 300, version: 0 },
}

export class Answers {
  readonly counts = { asked: 0, told: 0, refused: {} as Record<string, number> }
  private readonly callOut: CallOut
  private readonly secret: string
  private readonly now: () => number
  private current: AnswerSettings = DEFAULTS
  private running = 0
  private breaker: CircuitBreaker

  constructor(options: { guard: AddressGuard; secret: string; now: () => number }) {
    this.callOut = new CallOut(options.guard)
    this.secret = options.secret
    this.now = options.now
    this.breaker = new CircuitBreaker(this.now)
  }

  async start(): Promise<void> {
    const stored = await AnswerSettingsModel.findById('model').lean<AnswerSettings>()
    this.current = stored ?? DEFAULTS
    // another address or key deserves a try at once
    this.breaker = new CircuitBreaker(this.now)
  }

  get settings(): AnswerSettings {
    return this.current
  }

  /** @param key null takes it away, undefined leaves it */
  async put(
    { version, ...fields }: Omit<AnswerSettings, '_id' | 'sealedKey'>,
    key: string | null | undefined,
  ): Promise<void> {
    if (fields.enabled && (!fields.baseUrl || !fields.model)) fail('ANSWERS_NOT_SET')
    const before = await AnswerSettingsModel.findById('model').lean<AnswerSettings>()
    if ((before?.version ?? 0) !== version) fail('CONFLICT')
    // a key must not follow to an address it was not given for
    const moved = before !== null && originOf(before.baseUrl) !== originOf(fields.baseUrl)
    if (moved && before.sealedKey && key === undefined) fail('ANSWERS_KEY_AGAIN')
    const set = {
      ...fields,
      version: version + 1,
      ...(key && { sealedKey: seal(this.secret, SEAL_OWNER, key) }),
    }
    const filter = version === 0 ? { _id: 'model' as const } : { _id: 'model' as const, version }
    const { modifiedCount, upsertedCount } = await AnswerSettingsModel.updateOne(
      filter,
      {
        ...(version === 0 ? { $setOnInsert: set } : { $set: set }),
        ...(key === null && version > 0 && { $unset: { sealedKey: '' } }),
      },
      { upsert: version === 0 },
    )
    if (modifiedCount + upsertedCount === 0) fail('CONFLICT')
    await this.start()
  }

  /** What a caller is told instead of the best hit's stored answer; undefined: that answer. */
  async tell(
    question: string,
    lang: string,
    hits: readonly Hit[],
    onCall: boolean,
  ): Promise<string | undefined> {
    const { enabled, onCalls } = this.current
    if (!enabled || (onCall && !onCalls)) return undefined
    return (await this.attempt(question, lang, hits)).told
  }

  async attempt(question: string, lang: string, hits: readonly Hit[]): Promise<Attempt> {
    const passages = hits
      .filter(({ score, answer }) => score >= SCORE.offer && answer)
      .slice(0, PASSAGES)
      .map((hit) => ({ id: hit.id, question: hit.question, answer: hit.answer }))
    const asked = maskPersonal(question)
    const attempt: Attempt = { passages, asked }
    const unready = this.unready(passages)
    if (unready) return { ...attempt, hindrance: unready }
    const { breaker } = this
    this.counts.asked++
    this.running++
    breaker.begin()
    try {
      const raw = await askModel(this.callOut, this.address(), promptFor(asked, lang, passages))
      breaker.succeeded()
      const draft = readDraft(raw)
      const check: Check | undefined = draft
        ? // the flow goes on as if the best entry was told, so that one must be among the sources
          (checkAnswer(draft, passages, {
            lang,
            maxChars: this.current.maxChars,
          }) ?? (draft.cites.includes(1) ? undefined : { refusal: 'wrongCitation' }))
        : { refusal: 'unreadable' }
      if (check) return this.hindered({ ...attempt, raw }, check.refusal, check.detail)
      this.counts.told++
      return { ...attempt, raw, told: draft!.answer.trim() }
    } catch (error) {
      const hindrance = hindranceOf(error)
      breaker.failed(error)
      return this.hindered(attempt, hindrance, codeOf(error))
    } finally {
      this.running--
    }
  }

  private unready(passages: Passage[]): Hindrance | undefined {
    const { baseUrl, model } = this.current
    if (!baseUrl || !model) return 'notSet'
    if (passages.length === 0) return 'noPassage'
    if (this.running >= AT_ONCE) return 'busy'
    if (!this.breaker.ready()) return 'resting'
    return undefined
  }

  private hindered(attempt: Attempt, hindrance: Hindrance, detail: string | undefined): Attempt {
    this.counts.refused[hindrance] = (this.counts.refused[hindrance] ?? 0) + 1
    return { ...attempt, hindrance, ...(detail && { detail }) }
  }

  private address() {
    const { baseUrl, model, timeoutMs, sealedKey } = this.current
    const key = sealedKey && unseal(this.secret, SEAL_OWNER, sealedKey)
    return { baseUrl, model, timeoutMs, key: key || undefined }
  }
}

function hindranceOf(error: unknown): Hindrance {
  if (error instanceof RefusedAddress) return 'address'
  if (error instanceof CallFailed && error.code === 'TIMEOUT') return 'timeout'
  return 'server'
}

/** A code, never what the server wrote: that may repeat what was asked. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof ModelFailed) return `${error.code} ${error.status}`
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

const originOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).origin : address
