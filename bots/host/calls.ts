/** Carries out what a flow asks of the world and tells the engine how it went. */
import type { FlowInput, ServiceCall } from '../flow/state.ts'
import type { BotServices, TicketRequest } from './services.ts'

type Result = Extract<FlowInput, { in: 'result' }>

export interface CallContext {
  contactId: string
  conversationId: string
  channel: string
}

/** A failing service is a result too: the flow has an exit for it. */
export async function perform(
  call: Exclude<ServiceCall, { kind: 'dialog' }>,
  services: BotServices,
  context: CallContext,
): Promise<Result> {
  try {
    return {
      in: 'result',
      ok: true,
      callId: call.id,
      value: await carryOut(call, services, context),
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    return {
      in: 'result',
      ok: false,
      callId: call.id,
      code: typeof code === 'string' ? code : 'SERVICE_FAILED',
      message: error instanceof Error ? error.message : String(error),
    }
  }
}

function carryOut(
  call: Exclude<ServiceCall, { kind: 'dialog' }>,
  services: BotServices,
  context: CallContext,
): Promise<unknown> {
  const { lang } = call
  switch (call.kind) {
    case 'query':
      return services.query(call.source, call.params, {
        lang,
        timeoutMs: call.timeoutMs,
        ...(call.cacheSeconds && { cacheSeconds: call.cacheSeconds }),
      })
    case 'ticket': {
      const request: TicketRequest = {
        kind: call.ticketKind,
        fields: call.fields,
        key: call.key,
        lang,
        ...context,
      }
      if (call.op === 'create') return services.createTicket(request)
      if (call.op === 'append') return services.appendTicket(request)
      return services.lookupTicket(request)
    }
    case 'phoneCode': {
      const { phone, code = '', key } = call
      const { contactId } = context
      return call.op === 'send'
        ? services.sendCode({ contactId, phone, key, lang })
        : services.verifyCode({ contactId, phone, code })
    }
    case 'custom': {
      const { custom: id, settings, key } = call
      if (!services.runCustom) throw new Error(`no custom block ${id}`)
      return services.runCustom({ id, settings, key, lang, ...context })
    }
    case 'faq':
      return services.searchKnowledge({ ...call, lang, channel: context.channel })
    case 'intent':
      return services.classify({ ...call, lang })
  }
}
