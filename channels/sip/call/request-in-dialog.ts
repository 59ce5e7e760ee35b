import type { Dialog } from '../dialog/dialog.ts'
import type { Content, SipResponse } from '../message/message.ts'
import type { Call } from './call.ts'

export interface Credentials {
  userName: string
  password: string
}
/** What became of a request; 408 and 503 without a response: nobody answered, it could not be sent. */
export interface Final {
  status: number
  response?: SipResponse
}

/** Sends a request other than INVITE within a dialog. Never rejects. */
export function requestInDialog(
  call: Call,
  dialog: Dialog,
  method: string,
  content: Content = {},
): Promise<Final> {
  const hop = dialog.hop()
  if (!hop) return Promise.resolve({ status: 503 })
  return new Promise((resolve) => {
    call.host.layer.send(dialog.request(method, content), hop, {
      response: (response) => {
        if (response.status >= 200) resolve({ status: response.status, response })
      },
      timeout: () => resolve({ status: 408 }),
      unreachable: () => resolve({ status: 503 }),
    })
  })
}
