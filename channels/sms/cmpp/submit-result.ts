/** What the Result of a SUBMIT_RESP means for the message (CMPP 2.0 §7.4.4.2, 3.0 §8.4.4.2). */
import type { SendResult } from '../../channel.ts'

type Refusal = Extract<SendResult, { ok: false }>

/** Flow control: the gateway counts per second; a moment of rest is enough. */
const REST_MS = 1000

/** Wrong in the account, not in the message: every other one would be refused as well. */
export const accountResults: Record<number, string> = {
  5: 'Fee_Code',
  7: 'Service_Id',
  9: 'Fee_Terminal_Id not served here',
  10: 'Src_Id',
  11: 'Msg_Src',
  12: 'Fee_Terminal_Id',
}

/** @param result not 0 */
export function submitRefusal(result: number): Refusal {
  const code = `CMPP_${result}`
  if (result === 8)
    return { ok: false, retry: 'later', afterMs: REST_MS, pauseAccountMs: REST_MS, code }
  return { ok: false, retry: 'never', code }
}
