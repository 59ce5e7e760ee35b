import { expect } from 'chai'
import { createStore, memoryStorage } from '../../../../channels/webchat/widget/store.ts'
import type { KeyValue } from '../../../../channels/webchat/widget/store.ts'
import { initialState, reduce } from '../../../../channels/webchat/widget/state.ts'
import { START_MS, message, tokenOf, visitor } from './visitor.ts'

function stateWith(count: number) {
  return Array.from({ length: count }, (_, index) => index + 1).reduce(
    (state, seq) =>
      reduce(state, { type: 'frame', frame: message(`c1:${seq}`, 'x'), nowMs: START_MS }),
    initialState('en'),
  )
}

describe('web chat widget: what the browser keeps', () => {
  it('two tabs write offline: neither wipes out the words of the other', () => {
    const storage = memoryStorage()
    const one = visitor({ storage })
    const other = visitor({ storage })
    one.clock.nowMs += 1
    other.chat.say({ type: 'text', text: 'from the other tab' })
    one.chat.say({ type: 'text', text: 'from this tab' })
    expect(visitor({ storage }).log()).to.deep.equal([
      'from the other tab (sending)',
      'from this tab (sending)',
    ])
  })

  it('the page died between saving the log and clearing the queue: shown once', () => {
    const storage = memoryStorage()
    const guest = visitor({ storage })
    guest.chat.say({ type: 'text', text: 'once' })
    const { clientMsgId } = guest.chat.state.outgoing[0]!
    const told = message('c1:1', 'once', { clientMsgId })
    const held = reduce(initialState('en'), { type: 'frame', frame: told, nowMs: START_MS })
    createStore(storage, 'web').saveLog(held)
    expect(visitor({ storage }).log()).to.deep.equal(['once (delivered)'])
  })

  it('two accounts on one page keep apart', () => {
    const storage = memoryStorage()
    createStore(storage, 'web').saveLog(stateWith(2))
    expect(createStore(storage, 'web2').load().messages).to.equal(undefined)
    expect(createStore(storage, 'web').load().messages).to.have.length(2)
  })

  it('a full disk keeps the newest words rather than none', () => {
    const roomy = memoryStorage()
    const tight: KeyValue = {
      ...roomy,
      getItem: roomy.getItem,
      setItem: (key, value) => {
        if (value.length > 6000) throw new Error('QuotaExceededError')
        roomy.setItem(key, value)
      },
    }
    const store = createStore(tight, 'web')
    store.saveLog(stateWith(200))
    const kept = store.load().messages ?? []
    expect(kept.length).to.be.within(10, 100)
    expect(kept.at(-1)!.seq).to.equal(200)
  })

  it('forbidden or spoilt storage is as good as empty', () => {
    const forbidden: KeyValue = {
      get length(): number {
        throw new Error('SecurityError')
      },
      key: () => null,
      getItem: () => {
        throw new Error('SecurityError')
      },
      setItem: () => {
        throw new Error('SecurityError')
      },
      removeItem: () => {
        throw new Error('SecurityError')
      },
    }
    const none = createStore(forbidden, 'web')
    none.saveLog(stateWith(1))
    expect(none.load()).to.deep.equal({ outgoing: [] })
    const spoilt = memoryStorage()
    spoilt.setItem('yilu:web:log', '{"messages":1')
    spoilt.setItem('yilu:web:out:x', '[]')
    spoilt.setItem('yilu:web:token', '{"token":1}')
    const store = createStore(spoilt, 'web')
    expect(store.load()).to.deep.equal({ outgoing: [] })
    expect(store.loadToken()).to.equal(undefined)
    store.saveToken(tokenOf('fresh'))
    expect(store.loadToken()?.token).to.equal('fresh')
  })
})
