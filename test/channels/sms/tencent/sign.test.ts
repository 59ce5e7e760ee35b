/** The example of Tencent Cloud's own page (cloud.tencent.com/document/api/213/30654), older and newer form. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { tc3Authorization, tc3Canonical } from '../../../../channels/sms/tencent/sign.ts'

const example = {
  service: 'cvm',
  host: 'cvm.tencentcloudapi.com',
  payload:
    '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  timestampSeconds: 1_551_113_065,
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
}
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

describe('signatures of Tencent Cloud', () => {
  it('TC3-HMAC-SHA256: the example', () => {
    expect(hashOf(tc3Canonical(example).text)).to.equal(
      '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    )
    expect(tc3Authorization(example)).to.equal(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host, ' +
        'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    )
  })

  it('with the action signed too, as the page has it now', () => {
    const { text, names } = tc3Canonical({ ...example, action: 'DescribeInstances' })
    expect(hashOf(text)).to.equal(
      '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84',
    )
    expect(names).to.equal('content-type;host;x-tc-action')
  })
})
