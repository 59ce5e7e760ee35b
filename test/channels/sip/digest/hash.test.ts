import { expect } from 'chai'
import {
  algorithmOf,
  digestResponse,
  digestSecret,
  hash,
} from '../../../../channels/sip/digest/hash.ts'

describe('digest responses', () => {
  it('RFC 2617 §3.5', () => {
    expect(
      digestResponse({
        algorithm: 'MD5',
        secret: digestSecret('Mufasa', 'testrealm@host.com', 'Circle Of Life').md5,
        method: 'GET',
        uri: '/dir/index.html',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        qop: 'auth',
        nc: '00000001',
        cnonce: '0a4f113b',
      }),
    ).to.equal('6629fae49393a05397450978507c4ef1')
  })

  const example = {
    method: 'GET',
    uri: '/dir/index.html',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    qop: 'auth',
    nc: '00000001',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  } as const

  it('RFC 7616 §3.9.1, by both algorithms', () => {
    const { md5, sha256 } = digestSecret('Mufasa', 'http-auth@example.org', 'Circle of Life')
    expect(digestResponse({ ...example, algorithm: 'MD5', secret: md5 })).to.equal(
      '8ca523f5e9506fed4657c9700eebdbec',
    )
    expect(digestResponse({ ...example, algorithm: 'SHA-256', secret: sha256 })).to.equal(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    )
  })

  it('RFC 7616 §3.9.2, SHA-512-256 with a name beyond ASCII (value of erratum 4897)', () => {
    const secret = hash('SHA-512-256', 'Jäsøn Doe:api@example.org:Secret, or not?')
    expect(
      digestResponse({
        algorithm: 'SHA-512-256',
        secret,
        method: 'GET',
        uri: '/doe.json',
        nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
        qop: 'auth',
        nc: '00000001',
        cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      }),
    ).to.equal('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5')
  })

  it('RFC 2069, which knows no count: erratum 749 gives the value', () => {
    expect(
      digestResponse({
        algorithm: 'MD5',
        secret: digestSecret('Mufasa', 'testrealm@host.com', 'CircleOfLife').md5,
        method: 'GET',
        uri: '/dir/index.html',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      }),
    ).to.equal('1949323746fe6a43ef61f9606e7febea')
  })

  it('none named means MD5, an unknown one is unknown', () => {
    expect(algorithmOf(undefined)).to.equal('MD5')
    expect(algorithmOf('sha-256')).to.equal('SHA-256')
    expect(algorithmOf('AKAv1-MD5')).to.equal(undefined)
  })
})
