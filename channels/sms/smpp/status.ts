/** command_status of SMPP 3.4 (§5.1.3), and what each means for a message that was answered with it. */

/** Names as carriers' support knows them. */
const names: Record<number, string> = {
  0x00: 'ESME_ROK',
  0x01: 'ESME_RINVMSGLEN',
  0x02: 'ESME_RINVCMDLEN',
  0x03: 'ESME_RINVCMDID',
  0x04: 'ESME_RINVBNDSTS',
  0x05: 'ESME_RALYBND',
  0x06: 'ESME_RINVPRTFLG',
  0x07: 'ESME_RINVREGDLVFLG',
  0x08: 'ESME_RSYSERR',
  0x0a: 'ESME_RINVSRCADR',
  0x0b: 'ESME_RINVDSTADR',
  0x0c: 'ESME_RINVMSGID',
  0x0d: 'ESME_RBINDFAIL',
  0x0e: 'ESME_RINVPASWD',
  0x0f: 'ESME_RINVSYSID',
  0x14: 'ESME_RMSGQFUL',
  0x15: 'ESME_RINVSERTYP',
  0x33: 'ESME_RINVNUMDESTS',
  0x43: 'ESME_RINVESMCLASS',
  0x45: 'ESME_RSUBMITFAIL',
  0x48: 'ESME_RINVSRCTON',
  0x49: 'ESME_RINVSRCNPI',
  0x50: 'ESME_RINVDSTTON',
  0x51: 'ESME_RINVDSTNPI',
  0x53: 'ESME_RINVSYSTYP',
  0x58: 'ESME_RTHROTTLED',
  0x61: 'ESME_RINVSCHED',
  0x62: 'ESME_RINVEXPIRY',
  0x64: 'ESME_RX_T_APPN',
  0x65: 'ESME_RX_P_APPN',
  0x66: 'ESME_RX_R_APPN',
  0xc0: 'ESME_RINVOPTPARSTREAM',
  0xc1: 'ESME_ROPTPARNOTALLWD',
  0xc2: 'ESME_RINVPARLEN',
  0xc3: 'ESME_RMISSINGOPTPARAM',
  0xc4: 'ESME_RINVOPTPARAMVAL',
  0xfe: 'ESME_RDELIVERYFAILURE',
  0xff: 'ESME_RUNKNOWNERR',
}

export const STATUS = {
  ok: 0x00,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  wrongBindState: 0x04,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  systemError: 0x08,
  invalidDestination: 0x0b,
  queueFull: 0x14,
  throttled: 0x58,
  /** the application cannot take it now: the centre is to try again */
  temporaryError: 0x64,
} as const

/** 'ESME_RTHROTTLED', or '0x00000400' for one of the carrier's own. */
export function statusName(status: number): string {
  return names[status] ?? `0x${status.toString(16).padStart(8, '0')}`
}

/** Somebody must look: another attempt with the same name and password gets the same answer. */
export function refusesBind(status: number): boolean {
  return (
    status === STATUS.bindFailed ||
    status === STATUS.invalidPassword ||
    status === STATUS.invalidSystemId
  )
}

/**
 * slower: the account is to rest. later: something of theirs is out of order for a while. never: this message
 * will not do, however often it is offered.
 */
export function submitVerdict(status: number): 'taken' | 'slower' | 'later' | 'never' {
  switch (status) {
    case STATUS.ok:
      return 'taken'
    case STATUS.throttled:
    case STATUS.queueFull:
      return 'slower'
    case STATUS.systemError:
    case STATUS.wrongBindState:
    case STATUS.temporaryError:
      return 'later'
    default:
      return 'never'
  }
}
