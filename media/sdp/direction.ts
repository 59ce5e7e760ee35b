import type { HoldDirection } from '../media.ts'

const sends = (direction: HoldDirection): boolean =>
  direction === 'sendrecv' || direction === 'sendonly'
const receives = (direction: HoldDirection): boolean =>
  direction === 'sendrecv' || direction === 'recvonly'

/** @returns the direction of one who may do both, one or neither */
function directionOf(send: boolean, receive: boolean): HoldDirection {
  if (send) return receive ? 'sendrecv' : 'sendonly'
  return receive ? 'recvonly' : 'inactive'
}

/** What is left of our wish when theirs is known (RFC 3264 §6.1): we send only what they receive. */
export function meet(ours: HoldDirection, theirs: HoldDirection): HoldDirection {
  return directionOf(sends(ours) && receives(theirs), receives(ours) && sends(theirs))
}

/** Hold as RFC 2543 did it: an address of zeros says "send me nothing", whatever the attribute says. */
export function withoutReceiving(direction: HoldDirection): HoldDirection {
  return directionOf(sends(direction), false)
}
