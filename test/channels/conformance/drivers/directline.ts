import { expect } from 'chai'
import { DirectLineClient } from '../../directline/direct-line-client.ts'
import type { Driver } from '../driver.ts'

const SECRET = 'a-secret-that-nobody-would-guess'
const OURS_TO_CALL = 'nobody is called there: its clients come to us'

export function directLineDriver(): Driver {
  let client: DirectLineClient
  let ids = 0
  return {
    kind: 'directline',
    async open(scene) {
      await scene.addAccount({
        ...{ id: 'directline', kind: 'directline' },
        settings: { secret: SECRET, allowedOrigins: [] },
      })
      // what was saved a moment ago counts from here on
      await scene.check('directline')
      client = new DirectLineClient(scene.callback('directline', 'directline', '/v3/directline'))
      await client.fetchToken(SECRET, { id: 'dl_conformance' })
      await client.start()
      // the stream is at the address the world knows
      client.streamUrl = client.streamUrl.replace(/^wss:\/\/[^/]+/, scene.url.replace('http', 'ws'))
      await client.connect()
    },
    async close() {
      client.cut()
    },
    async say(text) {
      const id = `conformance-${++ids}`
      await client.say(text, id)
      return () => client.say(text, id)
    },
    shown: () =>
      client.messages.filter(({ from }) => from.role === 'bot').map(({ text }) => text ?? ''),
    async oversize() {
      const response = await client.post({ type: 'message', text: 'x'.repeat(2_000_000) })
      expect(response.status).to.equal(413)
    },
    async forge(text) {
      const path = `/conversations/${client.conversationId}/activities`
      const bearer = `${client.token.slice(0, -6)}forged`
      const body = { type: 'message', text }
      expect((await client.ask('POST', path, { body, bearer })).status).to.equal(403)
    },
    providerDown: { not: OURS_TO_CALL },
    expireToken: { not: 'the client’s own token: directline/doors.test.ts' },
    closeWindow: { not: 'a client may be written to at any time' },
    useUpQuota: {
      not: 'a client takes whatever comes; its own allowance: directline/doors.test.ts',
    },
    answerLost: { not: OURS_TO_CALL },
  }
}
