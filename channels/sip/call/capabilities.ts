/** Methods answered inside a dialog and out of it. */
export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY'

/** Extensions a peer may require of us. */
export const SUPPORTED = ['100rel', 'timer', 'replaces', 'norefersub']

/** Methods of the registry that are not for us: 405; anything else: 501 (RFC 3261 §21.5.2). */
export const KNOWN_METHODS = new Set([
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'PRACK',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'REGISTER',
  'SUBSCRIBE',
  'MESSAGE',
  'PUBLISH',
])
