import type { BlockDefinition } from './block.ts'
import { askBlock } from './blocks/ask.ts'
import { branchBlock } from './blocks/branch.ts'
import { callbackBlock } from './blocks/callback.ts'
import { customBlock } from './blocks/custom.ts'
import { dialogBlock } from './blocks/dialog.ts'
import { endBlock } from './blocks/end.ts'
import { eventBlock } from './blocks/event.ts'
import { faqBlock } from './blocks/faq.ts'
import { gotoBlock } from './blocks/goto.ts'
import { hoursBlock } from './blocks/hours.ts'
import { intentBlock } from './blocks/intent.ts'
import { languageBlock } from './blocks/language.ts'
import { menuBlock } from './blocks/menu.ts'
import { queryBlock } from './blocks/query.ts'
import { queueBlock } from './blocks/queue.ts'
import { sayBlock } from './blocks/say.ts'
import { setBlock } from './blocks/set.ts'
import { subflowBlock } from './blocks/subflow.ts'
import { surveyBlock } from './blocks/survey.ts'
import { ticketBlock } from './blocks/ticket.ts'
import { transferBlock } from './blocks/transfer.ts'
import { verifyPhoneBlock } from './blocks/verify-phone.ts'
import { voicemailBlock } from './blocks/voicemail.ts'
import type { Block, BlockOf, BlockType } from './schema.ts'

/** Every kind of block there is. A new kind is one file in blocks/, one line here, one in schema.ts. */
export const registry: { [T in BlockType]: BlockDefinition<BlockOf<T>> } = {
  say: sayBlock,
  menu: menuBlock,
  ask: askBlock,
  branch: branchBlock,
  set: setBlock,
  query: queryBlock,
  ticket: ticketBlock,
  faq: faqBlock,
  intent: intentBlock,
  hours: hoursBlock,
  language: languageBlock,
  survey: surveyBlock,
  queue: queueBlock,
  callback: callbackBlock,
  transfer: transferBlock,
  voicemail: voicemailBlock,
  verifyPhone: verifyPhoneBlock,
  subflow: subflowBlock,
  dialog: dialogBlock,
  custom: customBlock,
  goto: gotoBlock,
  event: eventBlock,
  end: endBlock,
}

export function definitionOf(block: Block): BlockDefinition {
  return registry[block.type] as unknown as BlockDefinition
}
