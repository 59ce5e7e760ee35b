import type { BlockId, Card, Channel, FlowDoc, InputOptions, Lang } from './schema.ts'

/** An immutable version. The same object must be handed in every time: what is compiled is kept by it. */
export interface PublishedFlow {
  id: string
  version: number
  doc: FlowDoc
}

export type Vars = Record<string, unknown>

/** One flow on the stack of calls; the version is pinned until the frame is left. */
export interface Frame {
  flow: string
  version: number
  block: BlockId
  vars: Vars
  /** waiting blocks passed through, newest last: where '@back' leads */
  back: BlockId[]
}

/** What a waiting block remembers between two inputs. */
export interface Wait {
  block: BlockId
  /** the block's own name for what it is waiting for: 'answer', 'confirm', 'comment' … */
  stage: string
  noInput: number
  noMatch: number
  sinceMs: number
  pending?: unknown
}

/** transferring: the call is with a telephone outside; the flow goes on when that ended or failed */
export type Status = 'run' | 'wait' | 'calling' | 'dialog' | 'queued' | 'transferring' | 'ended'

/** All that is kept of a conversation: small plain JSON. */
export interface FlowState {
  v: 1
  frames: Frame[]
  lang: Lang
  status: Status
  wait?: Wait
  /** the call under way, kept so that it can be repeated with the same key after a crash */
  call?: ServiceCall
  /** what the person said last, for blocks that start from it */
  lastText?: string
  /** priority of the emergency being handled */
  emergency?: number
  /** an agent has the conversation: the bot is silent */
  accepted?: boolean
  /** the caller hung up and waits to be called back */
  away?: boolean
  /** what was said on the telephone before the question of the moment, to be heard again with it */
  before?: EffectOf<'say'>[]
  turn: number
  /** blocks entered and services called since the person last did something */
  steps: number
  /** the last 30 blocks entered, as flow:block */
  trail: string[]
}

export type FlowInput =
  | { in: 'start' }
  | { in: 'text'; text: string }
  /** a tapped quick reply; `block` is that of the say effect it came with */
  | { in: 'choice'; id: string; block?: BlockId; text?: string }
  | { in: 'dtmf'; digits: string }
  | { in: 'speech'; nbest: { text: string; confidence: number }[] }
  | { in: 'silence' }
  | { in: 'hangup' }
  | {
      in: 'media'
      mediaId: string
      kind?: string
      transcript?: string
      seconds?: number
      location?: { lat: number; lng: number; name?: string }
    }
  | { in: 'event'; name: string; data?: Record<string, unknown> }
  | { in: 'result'; ok: true; value: unknown; callId?: string }
  | { in: 'result'; ok: false; code: string; message: string; callId?: string }

/** A quick reply: `key` is the telephone key or the number to type. */
export interface ShownChoice {
  id: string
  key?: string
  label: string
}

export type Effect =
  | {
      fx: 'say'
      block: BlockId
      text: string
      /** on voice, where what is heard differs from `text`: no addresses, no pictures, choices with their keys */
      speak?: string
      /** mediaId of the recording, on voice only */
      audio?: string
      lang: Lang
      /** of the synthesis, on voice only; absent: the engine's own choice for the language */
      voice?: string
      /** 1 = the voice's own; 0.5 … 2 */
      speed?: number
      choices?: ShownChoice[]
      cards?: Card[]
      final?: boolean
      /** the text names somebody or a matter of theirs */
      personal?: boolean
    }
  | {
      fx: 'listen'
      block: BlockId
      options: InputOptions
      /** 'choice', a slot type, 'question', 'comment', 'dialog'; 'queue': keys and words while waiting */
      expects: string
      /** on voice: everything that means something here, hotkeys and cries for help among it */
      hints: string[]
      /** words beyond the hints are welcome: no grammar may be made of them */
      open?: boolean
      /** keys that mean something by themselves, however many digits are collected */
      instant?: string[]
    }
  | {
      fx: 'handoff'
      block: BlockId
      queue: string
      /** 0 most urgent … 9 least; absent: the queue's own */
      priority?: number
      skills?: string[]
      maxWaitMs?: number
      context: Record<string, unknown>
      emergency?: boolean
      /** not to be waited for on the line: an agent who is free calls this number */
      callback?: string
    }
  /** the person leaves a message; comes back as {in: 'media', kind: 'audio'}, or silence when nothing was said */
  | {
      fx: 'voicemail'
      block: BlockId
      mailbox: string
      maxSeconds: number
      minSeconds: number
    }
  /** a message was left in writing: the host keeps it in that mailbox, once per key */
  | {
      fx: 'leave'
      block: BlockId
      mailbox: string
      /** empty where a file was left, which is in the conversation */
      text: string
      /** conversation:flow:block:turn */
      key: string
    }
  /** the call goes on to a telephone; comes back as an event 'transfer.status' */
  | {
      fx: 'transfer'
      block: BlockId
      to: { kind: 'number' | 'extension'; value: string }
      ringSeconds: number
    }
  | {
      fx: 'track'
      event: string
      flow: string
      version: number
      block: BlockId
      port?: string
      data?: Record<string, unknown>
    }
  | { fx: 'lang'; lang: Lang }
  | { fx: 'attach'; vars: Vars }
  | { fx: 'end'; reason: string }
export type EffectOf<K extends Effect['fx']> = Extract<Effect, { fx: K }>

interface CallBase {
  /** unique within the conversation; a result may name it, so that a late one is ignored */
  id: string
  block: BlockId
  lang: Lang
}
/** What the host must do before the turn can go on. */
export type ServiceCall = CallBase &
  (
    | {
        kind: 'query'
        source: string
        params: Vars
        timeoutMs: number
        cacheSeconds?: number
      }
    | {
        kind: 'ticket'
        op: 'create' | 'lookup' | 'append'
        ticketKind: string
        fields: Vars
        /** idempotency key: conversation:flow:block:turn */
        key: string
      }
    /** proves a number: {state: 'sent' | 'tooOften' | 'badNumber' | 'proven' | 'wrong' | 'expired' | 'tooMany', phone} */
    | {
        kind: 'phoneCode'
        op: 'send' | 'check'
        phone: string
        code?: string
        /** idempotency key, as of a ticket */
        key: string
      }
    /** code of this installation: {exit, set?, say?} */
    | {
        kind: 'custom'
        custom: string
        settings: Vars
        /** idempotency key, as of a ticket */
        key: string
      }
    | { kind: 'faq'; knowledgeBase: string; text: string; top: number }
    | { kind: 'intent'; classifier: string; text: string; top: number }
    | {
        kind: 'dialog'
        dialog: string
        args: Vars
        /** absent: begin the dialog; present: what the person did next */
        input?: FlowInput
      }
  )
export type CallKind = ServiceCall['kind']
/** A call as a block asks for it; the engine adds id, block and language. */
export type CallRequest = ServiceCall extends infer C
  ? C extends ServiceCall
    ? Omit<C, keyof CallBase | 'key'>
    : never
  : never

/** The world at the moment of one turn. */
export interface TurnContext {
  channel: Channel
  nowMs: number
  /** read-only variables under `contact.` */
  contact: Record<string, unknown>
  /** of a telephone leg: who called which number on which account; read-only variables under `call.` */
  call?: { called?: string; caller?: string; account?: string }
  /** where they came in, and what brought them; read-only variables under `entry.` */
  entry?: { account: string; scene?: string }
  conversationId: string
  flow(id: string, version: number | 'live'): PublishedFlow | undefined
  hours(scheduleId: string, atMs: number): 'open' | 'closed' | 'holiday' | undefined
  /** default 200 */
  maxSteps?: number
}

export interface TurnResult {
  state: FlowState
  effects: Effect[]
  call?: ServiceCall
}
