/** Names that only the prompts of some blocks may use: what the block itself provides. */
export const localVars: Record<string, string[] | undefined> = {
  menu: ['heard'],
  intent: ['offers'],
  callback: ['number'],
  transfer: ['number'],
  verifyPhone: ['number'],
}
