import { expect } from 'chai'
import {
  MAX_UPLOAD_BYTES,
  errorOf,
  refuseFile,
} from '../../../../channels/webchat/widget/file-check.ts'
import { online, visitor } from './visitor.ts'

describe('web chat widget: typing', () => {
  it('is told at most every 4 s while keys are pressed, and taken back 6 s after the last', async () => {
    const guest = visitor()
    const server = await online(guest)
    for (let key = 0; key < 20; key++) {
      guest.chat.typing.keyPressed()
      await guest.clock.pass(250)
    }
    expect(server.all('typing').map((frame) => frame.on)).to.deep.equal([true, true])
    await guest.clock.pass(5000)
    expect(server.all('typing')).to.have.length(2)
    await guest.clock.pass(1000)
    expect(server.all('typing').at(-1)!.on).to.equal(false)
  })

  it('ends with the sending, once', async () => {
    const guest = visitor()
    const server = await online(guest)
    guest.chat.typing.keyPressed()
    guest.chat.say({ type: 'text', text: 'done' })
    await guest.clock.pass(10_000)
    expect(server.all('typing').map((frame) => frame.on)).to.deep.equal([true, false])
  })
})

describe('web chat widget: files', () => {
  const file = (name: string, type: string, size = 1000) => refuseFile({ name, type, size })?.en

  it('takes what the hotline reads, also when the system does not know its type', () => {
    expect(file('a.jpg', 'image/jpeg')).to.equal(undefined)
    expect(file('合同.docx', '')).to.equal(undefined)
    expect(file('voice.amr', 'audio/amr')).to.equal(undefined)
  })

  it('refuses programs, pages, empty files and more than 10 MB before sending a byte', () => {
    expect(file('a.exe', 'application/x-msdownload')).to.match(/not accepted/)
    expect(file('a.html', 'text/html')).to.match(/not accepted/)
    expect(file('a.svg', 'image/svg+xml')).to.match(/not accepted/)
    expect(file('a.pdf', 'application/pdf', 0)).to.match(/empty/)
    expect(file('a.pdf', 'application/pdf', MAX_UPLOAD_BYTES)).to.equal(undefined)
    expect(file('a.pdf', 'application/pdf', MAX_UPLOAD_BYTES + 1)).to.match(/10 MB/)
  })

  it('finds the sentence in an error answer, bare or wrapped, and has one for none', () => {
    const wire = { code: 'FILE_TYPE', zh: '不支持', en: 'no' }
    expect(errorOf(wire)).to.equal(wire)
    expect(errorOf({ error: wire })).to.equal(wire)
    expect(errorOf('<html>').en).to.match(/connection/)
    expect(errorOf(null).zh).to.match(/网络/)
  })
})
