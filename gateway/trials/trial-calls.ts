/** What trials ask of telephony: a call whose conversation runs a draft, in the browser of who edits it. */
export interface TrialCall {
  /** the temporary flow (TrialFlows.add) */
  flowId: string
  memberId: string
  lang: string
  /** who calls which number, as the flow is told */
  caller?: string
  called?: string
}

export interface TrialCalls {
  /**
   * The browser proposes a line (complete SDP offer). The first one begins the call, a later one of the same flow
   * takes its place.
   * @returns the SDP answer
   * @throws CALLS_FULL, TELEPHONY_OFF, BAD_SDP, NO_COMMON_CODEC
   */
  openTrial(call: TrialCall, sdp: string): Promise<string>
  endTrial(flowId: string): Promise<void>
  /** @throws NO_CALL */
  keysTrial(flowId: string, digits: string): void
  /** also of calls that are over, for a while */
  trial(flowId: string): { over: boolean; conversationId?: string } | undefined
}
