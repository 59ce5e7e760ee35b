import { valueParams } from '../message/message.ts'
import { dialogKey } from '../dialog/dialog.ts'

/** Which dialog an INVITE shall take the place of (RFC 3891 §6.1); undefined: malformed. */
export function readReplaces(value: string): { key: string; earlyOnly: boolean } | undefined {
  const semicolon = value.indexOf(';')
  if (semicolon < 1) return undefined
  const params = valueParams(value.slice(semicolon))
  const ours = params.get('to-tag')
  const theirs = params.get('from-tag')
  if (!ours || theirs === undefined) return undefined
  return {
    key: dialogKey(value.slice(0, semicolon).trim(), ours, theirs === '0' ? '' : theirs),
    earlyOnly: params.has('early-only'),
  }
}
