import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { fetchNamed } from '../../channels/fetch-named.ts'
import { Unreachable } from '../../channels/provider-http.ts'
import { fetchPicture } from '../../channels/sms/twilio/api.ts'
import { AddressGuard } from '../../gateway/outgoing/address-guard.ts'
import { parseAllowList } from '../../gateway/outgoing/allow-list.ts'
import { CallOut } from '../../gateway/outgoing/call-out.ts'
import { fetchOutside } from '../../gateway/outgoing/fetch-outside.ts'

const limits = { maxBytes: 1000, timeoutMs: 5000 }

describe('an address that a provider’s answer names', () => {
  const servers: Server[] = []
  const callOuts: CallOut[] = []
  let own: string
  let inside: string
  /** what the machine inside was asked */
  let asked: (string | undefined)[]

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await once(server, 'listening')
    servers.push(server)
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  beforeEach(async () => {
    asked = []
    inside = await serve((request, response) => {
      asked.push(request.headers.authorization)
      if (request.url === '/endless') response.end('x'.repeat(5000))
      else if (request.url === '/on') response.writeHead(302, { location: inside }).end()
      else response.end('from inside')
    })
    own = await serve((request, response) => {
      if (request.url === '/picture') response.writeHead(307, { location: inside }).end()
      else response.end('from the provider')
    })
  })
  afterEach(() => {
    for (const callOut of callOuts.splice(0)) callOut.close()
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  function outside(allow = '') {
    const callOut = new CallOut(new AddressGuard(parseAllowList(allow)))
    callOuts.push(callOut)
    return fetchOutside(callOut)
  }
  const fault = (work: Promise<unknown>) =>
    work.then(
      () => 'fetched',
      (error: unknown) => (error instanceof Unreachable ? error.detail : String(error)),
    )

  it('is fetched from the account’s own API, wherever the operator has it', async () => {
    const { status, body } = await fetchNamed(`${own}/file`, own, outside(), limits)
    expect([status, body.toString()]).to.deep.equal([200, 'from the provider'])
  })

  it('does not lead into the operator’s network: nothing is asked there', async () => {
    for (const address of [
      inside,
      inside.replace('127.0.0.1', 'localhost'),
      inside.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
    ])
      expect(await fault(fetchNamed(address, own, outside(), limits))).to.equal('ADDRESS_REFUSED')
    expect(await fault(fetchNamed('http://[', own, outside(), limits))).to.equal('BAD_ANSWER')
    expect(asked).to.deep.equal([])
  })

  it('is fetched where the operator allows it, bounded, and no further', async () => {
    const allowed = outside('127.0.0.1')
    const { body } = await fetchNamed(inside, own, allowed, limits)
    expect(body.toString()).to.equal('from inside')
    expect(await fault(fetchNamed(`${inside}/endless`, own, allowed, limits))).to.equal('TOO_LARGE')
    expect((await fetchNamed(`${inside}/on`, own, allowed, limits)).status).to.equal(302)
  })

  it('to which Twilio sends its readers on is guarded, and never sees the token', async () => {
    const account = { accountSid: 'AC1', authToken: 'secret', apiBase: own }
    const picture = (allow?: string) => fetchPicture(account, `${own}/picture`, outside(allow))
    expect(await fault(picture())).to.equal('ADDRESS_REFUSED')
    expect(asked).to.deep.equal([])
    expect((await picture('127.0.0.1')).content.toString()).to.equal('from inside')
    expect(asked).to.deep.equal([undefined])
  })
})
