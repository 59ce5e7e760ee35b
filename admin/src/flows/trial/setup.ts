/** What is chosen before a trial: who comes, how, when, and what the world answers. */
import type { FlowTest, TestInput } from '../../../../bots/flow/flow-test.ts'
import type { Channel } from '../../../../bots/flow/parts.ts'

export interface Setup {
  channel: Channel
  lang: string
  /** ISO 8601 with an offset */
  at: string
  call: { caller?: string; called?: string }
  contact: Record<string, unknown>
  vars: Record<string, unknown>
  /** answers of the world, by the names of FlowTest.stubs; what is not here is asked for real or made up */
  stubs: Record<string, unknown>
}

export interface Trial {
  setup: Setup
  inputs: readonly TestInput[]
}

export function newSetup(langs: readonly string[], at: string): Setup {
  return {
    channel: 'webchat',
    lang: langs[0] ?? 'zh-CN',
    at,
    call: {},
    contact: { phone: '13800000000' },
    vars: {},
    stubs: {},
  }
}

/** Runs again what a test does, without what it expects. */
export function trialOf(test: FlowTest, fallback: Setup): Trial {
  const { channel, lang, at, call, contact, vars, stubs, steps } = test
  return {
    setup: {
      channel,
      lang: lang ?? fallback.lang,
      at: at ?? fallback.at,
      call: {
        ...(call?.caller !== undefined && { caller: call.caller }),
        ...(call?.called !== undefined && { called: call.called }),
      },
      contact: contact ?? fallback.contact,
      vars: vars ?? {},
      stubs: stubs ?? {},
    },
    inputs: steps.flatMap((step) => ('in' in step ? [step] : [])),
  }
}

const filled = (value: object): boolean => Object.keys(value).length > 0

/** The choices as a test keeps them; what is as it is anyway is left out. */
export function testSetup(
  setup: Setup,
  frozen: Record<string, unknown>,
): Omit<FlowTest, 'name' | 'steps'> {
  const { channel, lang, at, call, contact, vars, stubs } = setup
  const answers = { ...frozen, ...stubs }
  return {
    channel,
    lang,
    at,
    ...(filled(call) && { call }),
    ...(filled(contact) && { contact }),
    ...(filled(vars) && { vars }),
    ...(filled(answers) && { stubs: answers }),
  }
}
