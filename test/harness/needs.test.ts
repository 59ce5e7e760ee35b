import { expect } from 'chai'
import path from 'node:path'
import { needs } from './needs.ts'

describe('programs a test needs', () => {
  const { PATH } = process.env
  afterEach(() => (process.env.PATH = PATH))

  it('one that is on the path is there', () => {
    process.env.PATH = path.dirname(process.execPath)
    expect(needs('node')).to.equal(undefined)
  })

  it('one that is not is named, with what to install', () => {
    expect(needs('no-such-program', 'its-package')).to.equal(
      'no-such-program is not installed (apt install its-package)',
    )
    process.env.PATH = ''
    expect(needs('sox')).to.equal('sox is not installed (apt install sox)')
  })
})
