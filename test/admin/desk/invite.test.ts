import { expect } from 'chai'
import { whyNoInvite } from '../../../admin/src/desk/actions/whyNoInvite.ts'
import type { Reach } from '../../../gateway/desk/protocol.ts'

describe('inviting to talk: why it cannot be done', () => {
  const reach = (noInvite?: Reach['noInvite']): Reach => ({
    ...{ accountId: 'weibo', channel: 'weibo', maxTextChars: 300, media: false },
    ...{ segments: false, templates: false },
    ...(noInvite && { noInvite }),
  })
  it('nothing stands against it', () => {
    expect(whyNoInvite(reach(), false)).to.equal(undefined)
    expect(whyNoInvite(undefined, false)).to.equal(undefined)
  })
  it('the window closed, also while one looks at it', () => {
    expect(whyNoInvite(reach('WINDOW_CLOSED'), true)).to.equal('window')
    expect(whyNoInvite(reach(), true)).to.equal('window')
    expect(whyNoInvite(reach('PUBLIC_URL_NEEDED'), true)).to.equal('window')
  })
  it('everybody would read the link; nobody could open it; the leg has ended', () => {
    expect(whyNoInvite(reach('PUBLIC_THREAD'), true)).to.equal('public')
    expect(whyNoInvite(reach('PUBLIC_URL_NEEDED'), false)).to.equal('address')
    expect(whyNoInvite(reach('WRONG_STATE'), false)).to.equal('ended')
  })
})
