import { expect } from 'chai'
import { describeDetails } from '../../admin/src/api/describeDetails.ts'
import { apiErrorOf, offline } from '../../admin/src/api/error.ts'

describe('admin: errors of the API', () => {
  const wire = { code: 'CONFLICT', zh: '内容已被别人修改', en: 'Somebody else changed this' }

  it('a refused request speaks in the language of the console', () => {
    const error = apiErrorOf(409, JSON.stringify({ ...wire, requestId: 'r1' }))
    expect(error.code).to.equal('CONFLICT')
    expect(error.status).to.equal(409)
    expect(error.requestId).to.equal('r1')
    expect(error.sentence('zh-CN')).to.equal(wire.zh)
    expect(error.sentence('en')).to.equal(wire.en)
  })

  it('the error may lie inside an envelope', () => {
    expect(apiErrorOf(409, JSON.stringify({ error: wire })).code).to.equal('CONFLICT')
  })

  it('a proxy answers with a page of its own instead of the server', () => {
    const error = apiErrorOf(502, '<html>Bad Gateway</html>')
    expect(error.code).to.equal('INTERNAL')
    expect(error.sentence('en')).to.contain('502')
  })

  it('no answer at all is told apart from a refusal', () => {
    expect(offline().code).to.equal('OFFLINE')
    expect(offline().status).to.equal(0)
  })

  it('details of every shape become lines', () => {
    expect(describeDetails(undefined)).to.deep.equal([])
    expect(describeDetails([{ path: ['fields', 'title'], message: 'too short' }])).to.deep.equal([
      'fields.title: too short',
    ])
    expect(describeDetails({ issues: [{ path: 'name', message: 'missing' }] })).to.deep.equal([
      'name: missing',
    ])
    expect(describeDetails({ field: 'userName' })).to.deep.equal(['field: userName'])
    expect(describeDetails('plain')).to.deep.equal(['plain'])
  })
})
