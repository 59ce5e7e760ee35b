/** Examples of Twilio's documentation and of the tests of its libraries. */
import { expect } from 'chai'
import { isTwilios, twilioSignature } from '../../../../channels/sms/twilio/sign.ts'

const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const params = new URLSearchParams({
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
})

describe('signatures of Twilio', () => {
  it('the example of the documentation', () => {
    expect(twilioSignature('12345', url, params)).to.equal('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })

  it('the example with many fields', () => {
    const many = new URLSearchParams({
      ...{ AccountSid: 'AC9a9f9392lad99kla0sklakjs90j092j3', ApiVersion: '2010-04-01' },
      ...{ CallSid: 'CAd800bb12c0426a7ea4230e492fef2a4f', CallStatus: 'ringing' },
      ...{ Called: '+15306384866', CalledCity: 'OAKLAND', CalledCountry: 'US' },
      ...{ CalledState: 'CA', CalledZip: '94612', Caller: '+15306666666' },
      ...{ CallerCity: 'SOUTH LAKE TAHOE', CallerCountry: 'US', CallerName: 'CA Wireless Call' },
      ...{ CallerState: 'CA', CallerZip: '89449', Direction: 'inbound', From: '+15306666666' },
      ...{ FromCity: 'SOUTH LAKE TAHOE', FromCountry: 'US', FromState: 'CA', FromZip: '89449' },
      ...{ To: '+15306384866', ToCity: 'OAKLAND', ToCountry: 'US', ToState: 'CA', ToZip: '94612' },
    })
    const token = '1c892n40nd03kdnc0112slzkl3091j20'
    const signature = twilioSignature(token, 'http://www.postbin.org/1ed898x', many)
    expect(signature).to.equal('fF+xx6dTinOaCdZ0aIeNkHr/ZAA=')
  })

  it('the standard port counts whether it is written or not; another port does not', () => {
    const with443 = twilioSignature('12345', 'https://mycompany.com:443/a?b=c', params)
    const without = twilioSignature('12345', 'https://mycompany.com/a?b=c', params)
    expect(isTwilios('12345', 'https://mycompany.com/a?b=c', params, with443)).to.equal(true)
    expect(isTwilios('12345', 'https://mycompany.com:443/a?b=c', params, without)).to.equal(true)
    expect(isTwilios('12345', 'https://mycompany.com:8443/a?b=c', params, with443)).to.equal(false)
    expect(isTwilios('12346', 'https://mycompany.com/a?b=c', params, without)).to.equal(false)
    expect(isTwilios('12345', 'https://mycompany.com/a?b=c', params, '')).to.equal(false)
  })
})
