import type { DigestClient } from '../digest/digest.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { Content, SipRequest, SipResponse } from '../message/message.ts'
import type { Call } from './call.ts'

/** What became of a request; 408 and 503 without a response: nobody answered, it could not be sent. */
export interface Final {
  status: number
  response?: SipResponse
}

/** Challenges answered for one request; a peer that asks again and again is a wrong password. */
const MAX_CHALLENGES = 3

/** Sends a request other than INVITE within a dialog, signed when asked to. Never rejects. */
export async function requestInDialog(
  call: Call,
  dialog: Dialog,
  method: string,
  content: Content = {},
): Promise<Final> {
  for (let challenges = 0; ; challenges++) {
    const request = dialog.request(method, content)
    call.digest?.sign(request)
    const final = await once(call, dialog, request)
    if (challenges === MAX_CHALLENGES || !mayTryAgain(call.digest, final, request)) return final
  }
}

/** A 401 or 407 that the account has an answer to. */
export function mayTryAgain(
  digest: DigestClient | undefined,
  final: Final,
  request: SipRequest,
): boolean {
  if (final.status !== 401 && final.status !== 407) return false
  return Boolean(digest && final.response && digest.learn(final.response, request))
}

function once(call: Call, dialog: Dialog, request: SipRequest): Promise<Final> {
  const hop = dialog.hop()
  if (!hop) return Promise.resolve({ status: 503 })
  return new Promise((resolve) => {
    call.host.layer.send(request, hop, {
      response: (response) => {
        if (response.status >= 200) resolve({ status: response.status, response })
      },
      timeout: () => resolve({ status: 408 }),
      unreachable: () => resolve({ status: 503 }),
    })
  })
}

/** RFC 3261 §22.1: the ACK carries the credentials of its INVITE. */
export function copyCredentials(from: SipRequest, to: SipRequest): SipRequest {
  for (const key of ['authorization', 'proxy-authorization']) {
    const values = from.headers.get(key)
    if (values) to.headers.set(key, values)
  }
  return to
}
