import type { OpenedLink } from './call-links.ts'
import type { Visitor } from './visitor-token.ts'

/** What web chat asks of telephony so that a visitor can talk in the browser. */
export interface WebCalls {
  /** whether visitors of this account see a call button without being invited */
  offered(accountId: string): boolean
  /**
   * The visitor's browser proposes a line (complete SDP offer, PCMA/PCMU, no trickle). The first one begins
   * the call in the visitor's open conversation, or opens one; a later one, after the network broke, takes
   * the place of the first in the same call.
   * @param lang of the visitor's page
   * @returns the SDP answer
   * @throws CALLS_FULL, TELEPHONY_OFF, BAD_SDP, NO_COMMON_CODEC; told to the visitor as it is
   */
  open(visitor: Visitor, sdp: string, lang: string): Promise<string>
  /** the visitor hangs up; nothing happens when there is no call */
  end(visitor: Visitor): Promise<void>
  /** telephone keys, for the menus of the flow */
  keys(visitor: Visitor, digits: string): Promise<void>
}

/** The same for whoever came by a call link: the call belongs to the conversation the link was made for. */
export interface LinkCalls {
  /** the link of the call that goes on in this conversation, opened from its page */
  running(conversationId: string): OpenedLink | undefined
  /**
   * The first line begins the call, a later one takes its place.
   * @throws ALREADY_ON_CALL when one goes on that was not begun by a link; else as `WebCalls.open`
   */
  openLinked(link: OpenedLink, sdp: string, lang: string): Promise<string>
  endLinked(conversationId: string): Promise<void>
  keysLinked(conversationId: string, digits: string): Promise<void>
}
