/** The examples of Aliyun's own pages; which page stands beside each. */
import { expect } from 'chai'
import { acs3Headers, percentEncoded, rpcSignature } from '../../../../channels/sms/aliyun/sign.ts'

describe('signatures of Aliyun', () => {
  it('RPC style: the example of the SMS API (help.aliyun.com/document_detail/56189.html)', () => {
    const params = {
      AccessKeyId: 'testId',
      Timestamp: '2017-07-12T02:42:19Z',
      Format: 'XML',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
      Action: 'SendSms',
      Version: '2017-05-25',
      RegionId: 'cn-hangzhou',
      PhoneNumbers: '15300000001',
      SignName: '阿里云短信测试专用',
      TemplateCode: 'SMS_71390007',
      TemplateParam: '{"customer":"test"}',
      OutId: '123',
    }
    expect(rpcSignature('GET', params, 'testSecret')).to.equal('zJDF+Lrzhj/ThnlvIToysFRq6t4=')
  })

  it('RPC style: DescribeRegions (help.aliyun.com/document_detail/25492.html)', () => {
    const params = {
      AccessKeyId: 'testid',
      Timestamp: '2016-02-23T12:46:24Z',
      Format: 'XML',
      Action: 'DescribeRegions',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      Version: '2014-05-26',
      SignatureVersion: '1.0',
    }
    expect(rpcSignature('GET', params, 'testsecret')).to.equal('OLeaidS1JvxuMvnyHOwuJ+uX5qY=')
  })

  it('V3: RunInstances (help.aliyun.com/document_detail/2593177.html)', () => {
    const { authorization } = acs3Headers({
      method: 'POST',
      host: 'ecs.cn-shanghai.aliyuncs.com',
      query: {
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        RegionId: 'cn-shanghai',
      },
      headers: {
        'x-acs-action': 'RunInstances',
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-version': '2014-05-26',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      },
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
    })
    expect(authorization).to.equal(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
        'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it('encodes what JavaScript leaves as it is', () => {
    expect(percentEncoded("a b*(c)!'~-_.")).to.equal('a%20b%2A%28c%29%21%27~-_.')
  })
})
