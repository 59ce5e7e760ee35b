import { expect } from 'chai'
import { createBackoff } from '../../../media/asr/backoff.ts'
import { remoteServers } from '../../../media/asr/remote-servers.ts'
import { voskLibrary } from '../../../media/asr/vosk/library.ts'

describe('where speech is understood', () => {
  it('servers are named per language, or one for Chinese', () => {
    expect([...remoteServers('ws://asr:2700')]).to.deep.equal([['zh', 'ws://asr:2700']])
    expect([...remoteServers('zh=ws://a:2700, en=wss://b/x')]).to.deep.equal([
      ['zh', 'ws://a:2700'],
      ['en', 'wss://b/x'],
    ])
    expect([...remoteServers(undefined)]).to.deep.equal([])
    expect([...remoteServers('')]).to.deep.equal([])
  })

  for (const bad of ['http://a:2700', 'zh=a:2700', 'zh=', 'nonsense']) {
    it(`${bad} is refused with what is expected`, () => {
      expect(() => remoteServers(bad)).to.throw(/ws:\/\/host:port/)
    })
  }

  it('a machine without a build of libvosk is told what to do', () => {
    const found = voskLibrary({}, 'linux-arm64')
    expect(found)
      .to.have.property('missing')
      .that.matches(/VOSK_LIBRARY.*vosk-server/s)
    expect(voskLibrary({ VOSK_LIBRARY: '/nowhere/libvosk.so' }))
      .to.have.property('missing')
      .that.contains('/nowhere/libvosk.so')
  })
})

describe('waiting before the next try', () => {
  it('doubles up to a minute, and is short again after a stable minute', () => {
    let now = 0
    const backoff = createBackoff(() => now)
    const waits = Array.from({ length: 9 }, () => backoff.down())
    expect(waits).to.deep.equal([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    backoff.up()
    now += 59_000
    expect(backoff.down()).to.equal(60_000)
    backoff.up()
    now += 60_000
    expect(backoff.down()).to.equal(500)
  })
})
