import { expect } from 'chai'
import { loadTone } from '../../../admin/src/settings/telephony/loadTone.ts'
import { numberBody, numberValues } from '../../../admin/src/settings/telephony/numberForm.ts'
import {
  baresipAccount,
  phoneSettings,
} from '../../../admin/src/settings/telephony/phoneSettings.ts'
import { pingVerdict } from '../../../admin/src/settings/telephony/pingVerdict.ts'
import { tidyNumber } from '../../../admin/src/settings/telephony/tidyNumber.ts'
import { trunkBody, trunkValues } from '../../../admin/src/settings/telephony/trunkForm.ts'
import type { NumberView, TrunkView } from '../../../gateway/telephony/schema.ts'
import {
  createNumberBody,
  createTrunkBody,
  updateNumberBody,
  updateTrunkBody,
} from '../../../gateway/telephony/schema.ts'

const trunk: TrunkView = {
  id: 'carrier',
  name: 'Carrier',
  host: 'sip.cn',
  port: 5060,
  transport: 'udp',
  enabled: true,
  inbound: { byAddress: ['203.0.113.10'], digest: { userName: 'pbx', hasPassword: true } },
  outbound: true,
  credentials: { userName: 'yilu', hasPassword: true },
  register: { aor: 'sip:yilu@sip.cn', expiresSeconds: 300 },
  callerNumbers: ['02912301'],
  priority: 1,
  version: 4,
}

describe('form: trunk', () => {
  it('saved without a change says nothing, least of all a password', () => {
    expect(trunkBody(trunkValues(trunk), trunk, 'x')).to.deep.equal({ version: 4 })
  })
  it('a change beside a secret keeps it: the user name goes, the password does not', () => {
    const values = trunkValues(trunk)
    values.inbound = { ...values.inbound, byAddress: ['10.0.0.1'] }
    expect(trunkBody(values, trunk, 'x')).to.deep.equal({
      inbound: { byAddress: ['10.0.0.1'], digest: { userName: 'pbx' } },
      version: 4,
    })
  })
  it('a new password goes with its user name; an emptied user name takes both away', () => {
    const values = trunkValues(trunk)
    values.credentials = { userName: ' yilu ', password: 'new' }
    values.inbound = { byAddress: [], digest: { userName: '', password: '' } }
    const body = trunkBody(values, trunk, 'x')
    expect(body).to.deep.equal({
      credentials: { userName: 'yilu', password: 'new' },
      inbound: { byAddress: [], digest: null },
      version: 4,
    })
    expect(updateTrunkBody.safeParse(body).success).to.be.true
  })
  it('a password whose user name was forgotten is refused at the user name', () => {
    const values = { ...trunkValues(undefined), name: 'A', host: 'a.cn' }
    values.credentials = { userName: '', password: 'p' }
    const parsed = createTrunkBody.safeParse(trunkBody(values, undefined, 'new'))
    expect(new Set(parsed.error!.issues.map(({ path }) => path.join('.')))).to.deep.equal(
      new Set(['credentials.userName']),
    )
  })
  it('registering off takes it away; on sends what was entered, the registrar only where there is one', () => {
    const off = { ...trunkValues(trunk), registers: false }
    expect(trunkBody(off, trunk, 'x')).to.deep.equal({ register: null, version: 4 })
    const on = trunkValues(trunk)
    on.register = { ...on.register, registrar: { host: 'reg.cn', port: 5061, transport: 'tls' } }
    expect(trunkBody(on, trunk, 'x')).to.deep.equal({
      register: {
        aor: 'sip:yilu@sip.cn',
        expiresSeconds: 300,
        registrar: { host: 'reg.cn', port: 5061, transport: 'tls' },
      },
      version: 4,
    })
  })
  it('a new one is what the server takes', () => {
    const values = { ...trunkValues(undefined), name: 'A', host: 'a.cn' }
    const body = createTrunkBody.parse(trunkBody(values, undefined, 'new1'))
    expect(body).to.include({ id: 'new1', transport: 'udp', outbound: false })
    const { credentials, register, dials, maxCalls } = body
    expect([credentials, register, dials, maxCalls]).to.deep.equal([null, null, null, null])
  })
})

describe('form: number', () => {
  const entry: NumberView = {
    ...{ id: 'n', name: 'N', numbers: ['12301'], flowId: 'main', lang: 'zh-CN' },
    ...{ enabled: true, record: true, version: 2 },
  }
  it('sends what was changed, and all of a new one', () => {
    const body = numberBody({ ...numberValues(entry), lang: 'en' }, entry, 'x')
    expect(body).to.deep.equal({ lang: 'en', version: 2 })
    expect(updateNumberBody.safeParse(body).success).to.be.true
    const fresh = { ...numberValues(undefined), name: 'N', numbers: ['*'] }
    const made = createNumberBody.parse(numberBody(fresh, undefined, 'new1'))
    expect(made).to.deep.equal({
      ...{ id: 'new1', name: 'N', numbers: ['*'], flowId: 'main', lang: 'zh-CN' },
      // those of the house
      ...{ enabled: true, record: true, holdTune: null, ringback: null },
    })
  })
  it('takes numbers as people write them', () => {
    expect(tidyNumber('（029）8888-0000')).to.equal('02988880000')
    expect(tidyNumber('0086 29 12301')).to.equal('+862912301')
    expect(tidyNumber('029*')).to.equal('029*')
  })
})

describe('settings of a phone', () => {
  it('name the server as the phone can reach it, UDP before TCP', () => {
    const listeners = [
      { transport: 'tcp' as const, host: '0.0.0.0', port: 5070 },
      { transport: 'udp' as const, host: '0.0.0.0', port: 5060 },
    ]
    expect(phoneSettings(listeners, 'hotline.cn')).to.deep.equal({
      server: 'hotline.cn:5060',
      transport: 'udp',
    })
    expect(phoneSettings([{ transport: 'tls', host: '10.0.0.5', port: 5061 }], 'x')).to.deep.equal({
      server: '10.0.0.5:5061',
      transport: 'tls',
    })
    expect(
      phoneSettings([{ transport: 'udp', host: '::', port: 5060 }], '2001:db8::1')!.server,
    ).to.equal('[2001:db8::1]:5060')
    expect(phoneSettings([], 'hotline.cn')).to.equal(undefined)
  })
  it('are one line for baresip', () => {
    const line = baresipAccount('801', { server: 'h:5060', transport: 'udp' }, 'secret')
    expect(line).to.equal('<sip:801@h:5060;transport=udp>;auth_pass=secret;audio_codecs=PCMA,PCMU')
  })
})

describe('what figures of telephony say', () => {
  it('any answer to a test shows that somebody is there', () => {
    const verdicts: [number, string][] = [
      [200, 'pinged'],
      [405, 'pingRefused'],
      [401, 'pingRefused'],
      [408, 'pingSilent'],
      [503, 'pingFailed'],
    ]
    for (const [status, word] of verdicts)
      expect(pingVerdict(status).word, String(status)).to.equal(word)
  })
  it('a worker turns amber before it refuses calls', () => {
    expect([0, 0.79, 0.8, 0.99, 1, 1.2].map(loadTone)).to.deep.equal([
      ...['fine', 'fine', 'high', 'high', 'full', 'full'],
    ])
  })
})
