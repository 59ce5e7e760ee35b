/** Joins the state, the wire and the store: every change of state is followed by what it makes due. */
import { createConnection } from './connection.ts'
import type { ConnectionWorld } from './connection.ts'
import { dueSeen } from './lines.ts'
import { nextToSend } from './outgoing.ts'
import { initialState, reduce } from './state.ts'
import type { ChatEvent, ChatState } from './state.ts'
import type { Store } from './store.ts'
import { createTypingSignal } from './typing-signal.ts'
import type {
  ClientFrame,
  Lang,
  MediaPreview,
  SayContent,
  ServerFrame,
  VisitorMessage,
} from './wire.ts'

export interface ChatWorld extends ConnectionWorld {
  now(): number
  newId(): string
}

/** Retries, lost acknowledgements and typing dots are looked after at this pace. */
const TICK_MS = 1000
const SAVE_AFTER_MS = 300
/** A replay of hundreds of messages is one `seen`, not hundreds. */
const SEEN_AFTER_MS = 200

export type Chat = ReturnType<typeof createChat>

export function createChat(world: ChatWorld, store: Store, lang: Lang) {
  let state = initialState(lang, store.load())
  let started = false
  let watched = false
  let cancelSave: (() => void) | undefined
  let cancelSeen: (() => void) | undefined
  const listeners = new Set<() => void>()
  const onArrival = new Set<(message: VisitorMessage) => void>()
  const onFrame = new Set<(frame: ServerFrame) => void>()

  const connection = createConnection(world, {
    hello: (token) => {
      const { resume } = state
      return { t: 'hello', token, lang: state.lang, ...(resume && { resume }) }
    },
    onFrame: (frame) => {
      const before = state.messages.length
      dispatch({ type: 'frame', frame, nowMs: world.now() })
      const fresh = frame.t === 'message' && state.messages.length > before
      if (fresh && frame.message.author.kind !== 'contact') {
        for (const tell of onArrival) tell(frame.message)
      }
      for (const tell of onFrame) tell(frame)
    },
    onLink: (link) => dispatch({ type: 'link', link }),
    onRefusedToken: (error) => dispatch({ type: 'notice', error, nowMs: world.now() }),
  })

  const typing = createTypingSignal({
    now: world.now,
    after: world.after,
    send: (on) => void connection.send({ t: 'typing', on }),
  })

  function dispatch(event: ChatEvent) {
    const before = state
    state = reduce(state, event)
    if (watched) state = reduce(state, { type: 'looked' })
    if (state === before) return
    if (state.outgoing !== before.outgoing) store.saveOutgoing(before.outgoing, state.outgoing)
    cancelSave ??= world.after(SAVE_AFTER_MS, save)
    speak()
    for (const tell of listeners) tell()
  }

  /** puts on the wire what the state makes due */
  function speak() {
    for (let next = nextToSend(state); next; next = nextToSend(state)) {
      const { clientMsgId, content } = next
      if (!connection.send({ t: 'say', clientMsgId, content })) break
      state = reduce(state, { type: 'sent', clientMsgId, nowMs: world.now() })
    }
    if (dueSeen(state)) cancelSeen ??= world.after(SEEN_AFTER_MS, tellSeen)
  }

  function tellSeen() {
    cancelSeen = undefined
    for (let due = dueSeen(state); due; due = dueSeen(state)) {
      if (!connection.send(due)) break
      const cursor = { conversationId: due.conversationId, seq: due.seq }
      state = reduce(state, { type: 'told', state: due.state, cursor })
    }
  }

  function save() {
    cancelSave?.()
    cancelSave = undefined
    store.saveLog(state)
  }

  function tick() {
    dispatch({ type: 'tick', nowMs: world.now() })
    world.after(TICK_MS, tick)
  }

  return {
    get state(): ChatState {
      return state
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** called for each new message of somebody else */
    onArrival(listener: (message: VisitorMessage) => void) {
      onArrival.add(listener)
      return () => void onArrival.delete(listener)
    },
    /** called for each frame, after the chat has taken it in */
    onFrame(listener: (frame: ServerFrame) => void) {
      onFrame.add(listener)
      return () => void onFrame.delete(listener)
    },
    /** false when there is no wire to carry it */
    send: (frame: ClientFrame) => connection.send(frame),
    start() {
      if (started) return
      started = true
      connection.start()
      tick()
    },
    wake: () => connection.wake(),
    save,
    say(content: SayContent, preview?: MediaPreview) {
      typing.stopped()
      dispatch({
        type: 'say',
        clientMsgId: world.newId(),
        content,
        ...(preview && { preview }),
        nowMs: world.now(),
      })
    },
    retry: (clientMsgId: string) => dispatch({ type: 'retry', clientMsgId }),
    discard: (clientMsgId: string) => dispatch({ type: 'discard', clientMsgId }),
    dismissNotice: () => dispatch({ type: 'noticeSeen' }),
    notice: (error: { zh: string; en: string }) =>
      dispatch({ type: 'notice', error, nowMs: world.now() }),
    typing,
    leave: () => void connection.send({ t: 'leave' }),
    setLang(next: Lang) {
      if (next === state.lang) return
      dispatch({ type: 'lang', lang: next })
      connection.send({ t: 'lang', lang: next })
    },
    /** whether the visitor has the newest words before the eyes */
    watch(on: boolean) {
      watched = on
      if (on) dispatch({ type: 'looked' })
    },
  }
}
