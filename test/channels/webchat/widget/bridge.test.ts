import { expect } from 'chai'
import { heardFrom, pinnedOrigin } from '../../../../channels/webchat/widget/bridge.ts'

const parent = { name: 'the window around the frame' }
const shop = 'https://shop.example'

describe('web chat widget: the page and its frame', () => {
  it('hears only the expected window at the expected origin', () => {
    const data = { yilu: 1, t: 'shown', open: true }
    expect(heardFrom({ origin: shop, source: parent, data }, shop, parent)).to.equal(data)
    const evil = { origin: 'https://evil.example', source: parent, data }
    expect(heardFrom(evil, shop, parent)).to.equal(undefined)
    expect(heardFrom({ origin: shop, source: {}, data }, shop, parent)).to.equal(undefined)
    expect(heardFrom({ origin: shop, source: null, data }, shop, null)).to.equal(undefined)
  })

  it('passes over what other scripts post around', () => {
    for (const data of [null, undefined, 'text', 7, { t: 'shown' }, { yilu: 2, t: 'shown' }]) {
      expect(heardFrom({ origin: shop, source: parent, data }, shop, parent)).to.equal(undefined)
    }
  })

  it('pins nothing but the bare origin of a web page', () => {
    expect(pinnedOrigin(shop)).to.equal(shop)
    for (const wanted of [null, '*', 'null', `${shop}/`, `${shop}/path`, 'file://', 'data:,x']) {
      expect(pinnedOrigin(wanted), String(wanted)).to.equal(undefined)
    }
  })
})
