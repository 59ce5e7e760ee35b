import { expect } from 'chai'
import {
  MAX_CALLBACK_BYTES,
  readCallbackXml,
  xmlFields,
  xmlList,
  xmlText,
} from '../../channels/callback-xml.ts'

describe('the XML of callbacks', () => {
  it('keeps numbers, spaces and 64-bit ids as they were written', () => {
    const fields = readCallbackXml(
      '<xml><Content><![CDATA[ 00123 ]]></Content><MsgId>6349323426230210995</MsgId><A>a&amp;b</A></xml>',
    )
    expect(xmlText(fields, 'Content')).to.equal(' 00123 ')
    expect(xmlText(fields, 'MsgId')).to.equal('6349323426230210995')
    expect(xmlText(fields, 'A')).to.equal('a&b')
    expect(xmlText(fields, 'None')).to.equal('')
  })

  it('reads a list of one like a list of two', () => {
    const item = '<List><TemplateId><![CDATA[T]]></TemplateId></List>'
    for (const count of [1, 2]) {
      const event = `<SubscribeMsgPopupEvent>${item.repeat(count)}</SubscribeMsgPopupEvent>`
      const fields = readCallbackXml(`<xml>${event}</xml>`)
      const list = xmlList(xmlFields(fields, 'SubscribeMsgPopupEvent'), 'List')
      expect(list.map((each) => xmlText(each, 'TemplateId'))).to.deep.equal(
        Array<string>(count).fill('T'),
      )
    }
  })

  it('takes markup somebody wrote for text', () => {
    const fields = readCallbackXml(
      '<xml><Content><![CDATA[<!DOCTYPE x><b>&lt;</b>]]></Content></xml>',
    )
    expect(xmlText(fields, 'Content')).to.equal('<!DOCTYPE x><b>&lt;</b>')
  })

  const bad: Record<string, string> = {
    'an entity from outside':
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><C>&e;</C></xml>',
    'entities that grow':
      '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xml><C>&b;</C></xml>',
    'a prototype': '<xml><__proto__><polluted>1</polluted></__proto__></xml>',
    'fifty thousand levels': `<xml>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</xml>`,
    'nine levels': `<xml>${'<a>'.repeat(9)}1${'</a>'.repeat(9)}</xml>`,
    'a section that never ends': '<xml><Content><![CDATA[abc</Content></xml>',
    'too much': `<xml><C>${'x'.repeat(MAX_CALLBACK_BYTES)}</C></xml>`,
    'two documents': '<xml><A>1</A></xml><xml><B>1</B></xml>',
    'no document': 'hello',
    nothing: '',
    JSON: '{"xml":{}}',
  }
  for (const [name, text] of Object.entries(bad)) {
    it(`refuses ${name}`, () => {
      expect(readCallbackXml(text)).to.equal(undefined)
      expect(({} as { polluted?: string }).polluted).to.equal(undefined)
    })
  }
})
