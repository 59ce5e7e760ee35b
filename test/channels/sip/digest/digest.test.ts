import { expect } from 'chai'
import {
  DigestClient,
  DigestServer,
  NonceKeeper,
  digestSecret,
} from '../../../../channels/sip/digest/digest.ts'
import { formatDigest, parseAuthParams } from '../../../../channels/sip/digest/auth-params.ts'
import { digestResponse } from '../../../../channels/sip/digest/hash.ts'
import {
  createRequest,
  createResponse,
  nameAddr,
  setHeader,
  sipUri,
} from '../../../../channels/sip/message/message.ts'
import type { SipRequest, SipResponse } from '../../../../channels/sip/message/message.ts'

const NOW_MS = Date.UTC(2026, 10, 22)

function register(): SipRequest {
  const aor = sipUri({ user: '801', host: 'yilu.example' })
  return createRequest({
    method: 'REGISTER',
    uri: sipUri({ host: 'yilu.example' }),
    from: nameAddr(aor, { params: { tag: 'a' } }),
    to: nameAddr(aor),
    callId: 'c',
    seq: 1,
  })
}

/** A registrar: 401 with a challenge, or 200. */
class Registrar {
  readonly server: DigestServer
  nowMs = NOW_MS
  constructor(password = 'right', nonces = new NonceKeeper()) {
    const secret = digestSecret('801', 'yilu.example', password)
    this.server = new DigestServer({
      realm: 'yilu.example',
      secretOf: (userName) => (userName === '801' ? secret : undefined),
      nonces,
    })
  }
  answer(request: SipRequest): SipResponse {
    const verdict = this.verify(request)
    if (verdict.ok) return createResponse(request, 200)
    const challenges = this.server.challenge(this.nowMs, verdict.stale)
    return createResponse(request, 401, { headers: { 'WWW-Authenticate': challenges } })
  }
  verify(request: SipRequest): ReturnType<DigestServer['verify']> {
    return this.server.verify({
      method: request.method,
      credentials: request.headers.get('authorization') ?? [],
      nowMs: this.nowMs,
    })
  }
}

function challenged(...challenges: string[]): SipResponse {
  return createResponse(register(), 401, { headers: { 'WWW-Authenticate': challenges } })
}

function credentialsOf(request: SipRequest, key = 'authorization'): Map<string, string> {
  return parseAuthParams(request.headers.get(key)![0]!)!.params
}

/** Sends until it is answered other than by a challenge that the client follows. */
function exchange(client: DigestClient, registrar: Registrar): { status: number; sent: number } {
  for (let sent = 1; ; sent++) {
    const request = register()
    client.sign(request)
    const response = registrar.answer(request)
    if (response.status === 200 || !client.learn(response, request) || sent > 10)
      return { status: response.status, sent }
  }
}

describe('digest between a phone and the registrar', () => {
  it('the phone is challenged once, then signs every request with one nonce', () => {
    const registrar = new Registrar()
    const client = new DigestClient({ userName: '801', password: 'right' })
    expect(exchange(client, registrar)).to.deep.equal({ status: 200, sent: 2 })
    expect(exchange(client, registrar)).to.deep.equal({ status: 200, sent: 1 })
    const request = register()
    client.sign(request)
    expect(credentialsOf(request).get('nc')).to.equal('00000003')
  })

  it('SHA-256 is taken where both are offered, in whichever order', () => {
    const challenges = new Registrar().server.challenge(NOW_MS)
    for (const offered of [challenges, [...challenges].reverse()]) {
      const client = new DigestClient({ userName: '801', password: 'right' })
      expect(client.learn(challenged(...offered), register())).to.equal(true)
      const request = register()
      client.sign(request)
      expect(credentialsOf(request).get('algorithm')).to.equal('SHA-256')
      expect(credentialsOf(request).get('response')).to.have.length(64)
    }
  })

  it('a wrong password ends after one try, an unknown user alike', () => {
    for (const credentials of [
      { userName: '801', password: 'wrong' },
      { userName: '802', password: 'right' },
    ])
      expect(exchange(new DigestClient(credentials), new Registrar())).to.deep.equal({
        status: 401,
        sent: 2,
      })
  })

  it('an old nonce is called stale and the phone signs again unasked', () => {
    const registrar = new Registrar('right', new NonceKeeper({ lifeMs: 60_000 }))
    const client = new DigestClient({ userName: '801', password: 'right' })
    exchange(client, registrar)
    registrar.nowMs += 60_001
    expect(exchange(client, registrar)).to.deep.equal({ status: 200, sent: 2 })
  })

  it('after a restart of the registrar its nonces are unknown, and the phone signs again', () => {
    const client = new DigestClient({ userName: '801', password: 'right' })
    exchange(client, new Registrar())
    expect(exchange(client, new Registrar())).to.deep.equal({ status: 200, sent: 2 })
  })

  it('a registrar whose nonces never last is given up', () => {
    const registrar = new Registrar('right', new NonceKeeper({ lifeMs: -1 }))
    const client = new DigestClient({ userName: '801', password: 'right' })
    const { status, sent } = exchange(client, registrar)
    expect(status).to.equal(401)
    expect(sent).to.be.lessThan(6)
  })

  it('a second call challenged meanwhile does not look like a wrong password', () => {
    const registrar = new Registrar()
    const client = new DigestClient({ userName: '801', password: 'right' })
    const [first, second] = [register(), register()]
    const refusals = [registrar.answer(first), registrar.answer(second)]
    expect(client.learn(refusals[0]!, first)).to.equal(true)
    client.sign(first)
    expect(client.learn(refusals[1]!, second)).to.equal(true)
    client.sign(second)
    expect(registrar.answer(first).status).to.equal(200)
    expect(registrar.answer(second).status).to.equal(200)
  })

  it('a request sent twice by somebody who listened is refused', () => {
    const registrar = new Registrar()
    const client = new DigestClient({ userName: '801', password: 'right' })
    exchange(client, registrar)
    const request = register()
    client.sign(request)
    expect(registrar.verify(request)).to.deep.equal({ ok: true, userName: '801' })
    expect(registrar.verify(request)).to.deep.equal({ ok: false, stale: true, reason: 'replayed' })
  })

  for (const [what, change] of [
    ['the count', { nc: '00000009' }],
    ['the method it signs', { uri: 'sip:other.example' }],
    ['the algorithm', { algorithm: 'MD5' }],
    ['the protection', { qop: 'auth-int' }],
    ['the count to nonsense', { nc: 'x' }],
    ['the answer to nothing', { response: '' }],
    ['the user', { username: '802' }],
  ] as const)
    it(`whoever alters ${what} is refused`, () => {
      const registrar = new Registrar()
      const client = new DigestClient({ userName: '801', password: 'right' })
      exchange(client, registrar)
      const request = register()
      client.sign(request)
      const altered = { ...Object.fromEntries(credentialsOf(request)), ...change }
      setHeader(request, 'authorization', formatDigest(altered, true))
      expect(registrar.verify(request)).to.deep.equal({ ok: false, stale: false, reason: 'wrong' })
    })

  it('a phone of RFC 2617 with MD5, and one of RFC 2069 without qop, come in; the latter once per nonce', () => {
    const registrar = new Registrar()
    const nonce = parseAuthParams(registrar.server.challenge(NOW_MS)[0]!)!.params.get('nonce')!
    const request = register()
    const common = { algorithm: 'MD5', method: 'REGISTER', uri: 'sip:yilu.example', nonce } as const
    const secret = digestSecret('801', 'yilu.example', 'right').md5
    const sent = { username: '801', realm: 'yilu.example', nonce, uri: 'sip:yilu.example' }
    const counted = { qop: 'auth', nc: '00000002', cnonce: 'x' } as const
    setHeader(
      request,
      'authorization',
      formatDigest(
        { ...sent, ...counted, response: digestResponse({ ...common, ...counted, secret }) },
        true,
      ),
    )
    expect(registrar.verify(request).ok).to.equal(true)
    const fresh = parseAuthParams(registrar.server.challenge(NOW_MS)[0]!)!.params.get('nonce')!
    const response = digestResponse({ ...common, nonce: fresh, secret })
    setHeader(request, 'authorization', formatDigest({ ...sent, nonce: fresh, response }, true))
    expect(registrar.verify(request).ok).to.equal(true)
    expect(registrar.verify(request)).to.deep.include({ ok: false, stale: true })
  })

  it('credentials for other realms and schemes are passed over; a name given twice is not believed', () => {
    const registrar = new Registrar()
    const client = new DigestClient({ userName: '801', password: 'right' })
    exchange(client, registrar)
    const request = register()
    client.sign(request)
    const ours = request.headers.get('authorization')![0]!
    setHeader(request, 'authorization', `${ours}, username="802"`)
    expect(registrar.verify(request)).to.include({ ok: false, reason: 'missing' })
    setHeader(request, 'authorization', 'Basic eHg=', 'Digest realm="elsewhere", nonce="n"', ours)
    expect(registrar.verify(request).ok).to.equal(true)
  })
})

describe('digest at providers of all kinds', () => {
  const client = (): DigestClient => new DigestClient({ userName: '801', password: 'p' })

  it('two proxies with realms of their own get an answer each', () => {
    const one = client()
    const response = createResponse(register(), 407, {
      headers: {
        'Proxy-Authenticate': [
          'Digest realm="a", nonce="1", qop="auth,auth-int"',
          'Digest realm="b", nonce="2", algorithm=SHA-256, qop="auth"',
        ],
      },
    })
    expect(one.learn(response, register())).to.equal(true)
    const request = register()
    one.sign(request)
    expect(request.headers.has('authorization')).to.equal(false)
    const values = request.headers
      .get('proxy-authorization')!
      .map((value) => parseAuthParams(value)!.params)
    expect(values.map((params) => [params.get('realm'), params.get('qop')])).to.deep.equal([
      ['a', 'auth'],
      ['b', 'auth'],
    ])
  })

  it('auth-int alone signs the body too; -sess and opaque are followed', () => {
    const one = client()
    const challenge =
      'Digest realm="a", nonce="n", qop="auth-int", algorithm=SHA-256-sess, opaque="o\\"x"'
    expect(one.learn(challenged(challenge), register())).to.equal(true)
    const request = register()
    request.body = Buffer.from('v=0')
    one.sign(request)
    const params = credentialsOf(request)
    expect(params.get('opaque')).to.equal('o"x')
    expect(params.get('response')).to.equal(
      digestResponse({
        algorithm: 'SHA-256-sess',
        secret: digestSecret('801', 'a', 'p').sha256,
        method: 'REGISTER',
        uri: 'sip:yilu.example',
        nonce: 'n',
        qop: 'auth-int',
        nc: '00000001',
        cnonce: params.get('cnonce')!,
        body: Buffer.from('v=0'),
      }),
    )
  })

  it('one without qop gets neither count nor cnonce, and may call its nonce old without saying so', () => {
    const one = client()
    one.learn(challenged('Digest realm="a", nonce="1"'), register())
    const [first, second] = [register(), register()]
    one.sign(first)
    expect([...credentialsOf(first).keys()]).to.deep.equal([
      'username',
      'realm',
      'nonce',
      'uri',
      'response',
    ])
    one.sign(second)
    expect(one.learn(challenged('Digest realm="a", nonce="2"'), second)).to.equal(true)
    one.sign(second)
    expect(one.learn(challenged('Digest realm="a", nonce="3"'), second)).to.equal(false)
  })

  for (const challenge of [
    'Basic realm="a"',
    'Digest realm="a"',
    'Digest nonce="n"',
    'Digest realm="a", nonce="n", algorithm=AKAv1-MD5',
    'Digest realm="a", nonce="n", qop="auth-conf"',
    'Digest realm="a", nonce="n',
    'Digest realm="a" nonce="n"',
    '',
  ])
    it(`nothing can be made of ${JSON.stringify(challenge)}`, () => {
      expect(client().learn(challenged(challenge), register())).to.equal(false)
    })

  it('a peer that names ever new realms is not followed for ever', () => {
    const one = client()
    const learned = Array.from({ length: 20 }, (_, index) =>
      one.learn(challenged(`Digest realm="r${index}", nonce="n"`), register()),
    )
    expect(learned.filter(Boolean)).to.have.length(8)
  })
})
