/**
 * What a conversation with a draft may do to the world: nothing. It hears knowledge and data as they are, but makes
 * no ticket, sends no short message, rings nobody and leaves nothing in a mailbox; where it would, the bot says so
 * and the flow goes on as if it had happened.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { customKind, firstExit } from '../../bots/flow/custom-blocks.ts'
import type { Effect, EffectOf, FlowInput } from '../../bots/flow/state.ts'
import type { BotServices } from '../../bots/host/services.ts'
import { TRIAL_ACCOUNT } from '../domain/trial.ts'
import type { Bot, BotReply, BotTurn } from '../intake/bot-port.ts'
import { isTrialFlow } from './trial-flows.ts'
import type { TrialFlows } from './trial-flows.ts'

/** A draft that hands over again and again is a mistake in it. */
const MAX_ROUNDS = 10
/** As in the simulator (bots/flow/simulate.ts). */
const TRIAL_CODE = '123456'

const trying = new AsyncLocalStorage<true>()

export interface TrialWorld {
  flows: TrialFlows
  /** as for a visitor, but what nobody can answer is not put on the list for staff */
  search: BotServices['searchKnowledge']
  /** as for a visitor, but words nobody could sort are not put on the list for staff either */
  classify: BotServices['classify']
}

/** The services of all conversations, with those of trials among them. */
export function withTrials(
  services: BotServices,
  { flows, search, classify }: TrialWorld,
): BotServices {
  const isTrying = () => trying.getStore() === true
  return {
    ...services,
    flow: (...asked) => flows.get(asked[0]) ?? services.flow(...asked),
    async prepare(pins) {
      await flows.prepare(pins.map(({ flow }) => flow).filter(isTrialFlow))
      await services.prepare(pins.filter(({ flow }) => !isTrialFlow(flow)))
    },
    createTicket: async (request) =>
      isTrying() ? trialTicket(request.lang) : services.createTicket(request),
    appendTicket: async (request) =>
      isTrying() ? trialTicket(request.lang) : services.appendTicket(request),
    sendCode: async (request) =>
      isTrying() ? { state: 'sent', phone: request.phone } : services.sendCode(request),
    verifyCode: async (request) =>
      isTrying()
        ? { state: request.code === TRIAL_CODE ? 'proven' : 'wrong', phone: request.phone }
        : services.verifyCode(request),
    // what its author does not call harmless might book, pay or write to somebody
    runCustom: async (request) =>
      isTrying() && !customKind(request.id)?.harmless
        ? { exit: firstExit(request.id) }
        : services.runCustom?.(request),
    searchKnowledge: async (request) =>
      isTrying() ? search(request) : services.searchKnowledge(request),
    classify: async (request) => (isTrying() ? classify(request) : services.classify(request)),
  }
}

function trialTicket(lang: string): Record<string, unknown> {
  const zh = lang.startsWith('zh')
  return {
    serial: 'C00000000-0000',
    status: 'open',
    statusText: zh ? '试拨,未真正登记' : 'a trial, nothing was registered',
    createdAt: '',
    department: '',
    reply: '',
  }
}

/** The bot of all conversations; in trials nobody outside is rung or written to. */
export function quietInTrials(bot: Bot): Bot {
  const asItIs: Bot = Object.create(bot) as Bot
  asItIs.turn = (request) =>
    request.entry?.account === TRIAL_ACCOUNT
      ? trying.run(true, () => quietTurn(bot, request))
      : bot.turn(request)
  return asItIs
}

async function quietTurn(bot: Bot, request: BotTurn): Promise<BotReply> {
  const effects: Effect[] = []
  let reply = await bot.turn(request)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { kept, then } = quieted(reply.effects, request.lang)
    effects.push(...kept)
    if (then.length === 0) break
    let next: BotReply = reply
    const more: Effect[] = []
    for (const input of then) {
      next = await bot.turn({ ...request, bot: next.bot, input })
      more.push(...next.effects)
    }
    reply = { ...next, effects: more }
  }
  return { ...reply, effects }
}

/** What is left of a turn's effects, and what the flow is told instead of the rest. */
function quieted(effects: Effect[], lang: string): { kept: Effect[]; then: FlowInput[] } {
  const kept: Effect[] = []
  let then: FlowInput[] = []
  for (const effect of effects) {
    switch (effect.fx) {
      case 'handoff':
        kept.push(told(effect, lang, `转入队列 ${effect.queue}`, `goes to queue ${effect.queue}`))
        then = [happened('handoff.status', 'accepted'), happened('handoff.status', 'completed')]
        break
      case 'transfer': {
        const { value } = effect.to
        kept.push(told(effect, lang, `转接到 ${value}`, `is put through to ${value}`))
        then = [happened('transfer.status', 'completed')]
        break
      }
      case 'voicemail':
        kept.push(told(effect, lang, '录一段留言', 'leaves a message'))
        then = [{ in: 'media', mediaId: 'trial', kind: 'audio', seconds: effect.minSeconds + 1 }]
        break
      case 'leave':
        break
      default:
        kept.push(effect)
    }
  }
  return { kept, then }
}

function told({ block }: { block: string }, lang: string, zh: string, en: string): EffectOf<'say'> {
  const inChinese = lang.startsWith('zh')
  return {
    fx: 'say',
    block,
    lang: inChinese ? 'zh-CN' : 'en',
    text: inChinese ? `试拨:来电者在这里${zh}。` : `Trial: here the caller ${en}.`,
  }
}

const happened = (name: string, status: string): FlowInput => ({
  in: 'event',
  name,
  data: { status },
})
