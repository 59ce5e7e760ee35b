/**
 * How long a caller waits for us: from a key to the first sample of the next prompt; from the first sound of a
 * caller's voice to the silence of our prompt; from the last sound to the beginning of the answer. Callers are
 * in this process and talk RTP with the product in its own; the prompts are tones, so that a packet tells which
 * one it is. Speech is a synthetic voice, understood by the test model through the real libvosk.
 */
import path from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { textHash } from '../../bots/flow/versions.ts'
import type { TelephonyStatusView } from '../../gateway/telephony/schema.ts'
import { createSipEngine } from '../../channels/sip/stack.ts'
import { upload } from '../channels/voice/upload.ts'
import { wavOfTone } from '../channels/voice/wav-of-tone.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { RunningProduct } from '../harness/product.ts'
import { addTestModel, noLibvosk } from '../media/asr/test-models.ts'
import { createVoice } from '../media/voice.ts'
import { Caller } from './voice/caller.ts'
import { percentileOrNull } from './measure/percentile.ts'
import { publishFlow } from '../harness/publish-flow.ts'

const TURNS = Number(process.env.YILU_BENCH_TURNS ?? 50)
const CALLERS = Number(process.env.YILU_BENCH_CALLERS ?? 2)
const WORD = '门票'
const TONES = [500, 900]
/** longer than anybody waits, so that each prompt is interrupted */
const PROMPT_MS = 8000
/** the longest silence of a menu, and its prompt again */
const PROMPT_WITHIN_MS = 20_000
/** the caller has heard what it is about */
const LISTEN_MS = 400
/** a sound louder than that is the voice's, of 32,768 */
const LOUD = 300

export default async function bench(): Promise<void> {
  const speech = !noLibvosk()
  const product = new RunningProduct({ YILU_LOG_LEVEL: 'error' })
  if (speech) addTestModel(path.join(product.dataDir, 'models'), 'zh')
  await product.start()
  const engine = await createSipEngine({
    listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }],
    policy: {
      realm: 'bench',
      peerByAddress: () => undefined,
      credentials: () => undefined,
      admit: () => ({ ok: true }),
    },
  })
  const word = speech ? await spoken(WORD) : undefined
  try {
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await publishMenus(admin)
    if (word) await understood(admin)
    const keyMs: number[] = []
    const bargeInMs: number[] = []
    const answerMs: number[] = []
    let missed = 0
    const each = Array.from({ length: CALLERS }, (_, n) => n)
    await Promise.all(
      each.map(async (n) => {
        const caller = new Caller(TONES)
        await caller.call(engine, product.sipPort, String(13_900_000_000 + n))
        let at = 0
        /** @param turn presses or speaks; tells since when an answer is due, and what else was measured */
        const turns = async (
          turn: () => Promise<{ sinceMs: number; more?: [number[], number] }>,
          into: number[],
        ) => {
          // the first turn opens files and compiles code
          for (let n = -1; n < TURNS / CALLERS; n++) {
            if ((await caller.hears(TONES[at]!, PROMPT_WITHIN_MS)) === undefined)
              throw new Error('no prompt')
            // callers keep no time with each other, nor with our clock
            await rest(LISTEN_MS + Math.random() * 200)
            const heard = caller.hears(TONES[1 - at]!)
            const { sinceMs, more } = await turn()
            const heardMs = await heard
            if (heardMs === undefined) missed++
            else {
              at = 1 - at
              if (n < 0) continue
              into.push(heardMs - sinceMs)
              more?.[0].push(more[1])
            }
          }
        }
        await turns(async () => ({ sinceMs: await caller.press(1) }), keyMs)
        if (word)
          await turns(async () => {
            const silent = caller.falls()
            const { beganMs, endedMs } = await caller.say(word)
            return { sinceMs: endedMs, more: [bargeInMs, (await silent) - beganMs] }
          }, answerMs)
        caller.hangUp()
      }),
    )
    if (!speech) console.log('no libvosk on this machine: keys alone')
    console.log('                        turns     p50     p95     max')
    show('key → prompt', keyMs)
    show('speech → silence', bargeInMs)
    show('end of speech → answer', answerMs)
    if (missed) console.log(`not understood: ${missed}`)
    console.log(
      JSON.stringify({
        bench: 'voiceTurn',
        keyToPromptP95Ms: percentileOrNull(keyMs, 0.95),
        bargeInP95Ms: percentileOrNull(bargeInMs, 0.95),
        speechEndToAnswerP95Ms: percentileOrNull(answerMs, 0.95),
      }),
    )
  } finally {
    await engine.stop()
    await product.stop()
  }
}

/** The word without the quiet before and after it, so that its first and last sample are sound. */
async function spoken(text: string): Promise<Int16Array> {
  const voice = createVoice()
  const pcm = await voice.say(text, 'zh')
  await voice.stop()
  const from = pcm.findIndex((sample) => Math.abs(sample) > LOUD)
  const to = pcm.findLastIndex((sample) => Math.abs(sample) > LOUD)
  return pcm.slice(from, to + 1)
}

async function understood(admin: SimulatedAgent): Promise<void> {
  for (;;) {
    const { asr } = await admin.get<TelephonyStatusView>('/telephony/status')
    if (asr.models.some(({ state }) => state === 'ready')) return
    await rest(100)
  }
}

/** Two menus that lead to each other by key 1 and by the word; each sounds its tone. */
async function publishMenus(admin: SimulatedAgent): Promise<void> {
  const menu = async (tone: number, next: string) => {
    const mediaId = await upload(admin, wavOfTone(tone, PROMPT_MS))
    const text = `tone ${tone}`
    return {
      type: 'menu',
      prompt: { 'zh-CN': { text, audio: { mediaId, ofText: textHash(text) } } },
      choices: [{ id: 'go', dtmf: '1', label: { 'zh-CN': WORD } }],
      input: { sayChoices: false },
      out: { go: next, noMatch: 'end' },
    }
  }
  const doc = {
    ...{ schema: 1, id: 'bench', name: 'Bench', kind: 'main', entry: 'a' },
    ...{ langs: ['zh-CN'], defaultLang: 'zh-CN' },
    blocks: {
      a: await menu(TONES[0]!, 'b'),
      b: await menu(TONES[1]!, 'a'),
      end: { type: 'end', reason: 'done' },
    },
  }
  await publishFlow(admin, doc)
  await done(admin, 'PATCH', '/telephony/number-plan/phone', { flowId: 'bench', version: 1 })
  await admin.get('/telephony/numbers')
}

async function done(admin: SimulatedAgent, method: string, path: string, body: object) {
  const response = await admin.rest(method, path, body)
  if (!response.ok) throw new Error(`${path} ${await response.text()}`)
}

function show(what: string, values: number[]): void {
  const cell = (p: number) => String(percentileOrNull(values, p) ?? '–').padStart(8)
  console.log(
    `${what.padEnd(24)}${String(values.length).padStart(5)}${cell(0.5)}${cell(0.95)}${cell(1)}`,
  )
}
