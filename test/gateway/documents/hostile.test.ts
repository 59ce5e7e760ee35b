import { deflateRawSync } from 'node:zlib'
import { expect } from 'chai'
import { MAX_DOCUMENT_BYTES } from '../../../gateway/documents/limits.ts'
import { readDocument } from '../../../gateway/documents/read-document.ts'
import { takeApart } from '../../../gateway/documents/take-apart.ts'
import { YiluError } from '../../../gateway/errors.ts'
import { zip } from '../../media/asr/archives.ts'
import { cell, docx, paragraph, xlsx } from './office-files.ts'

const refusal = async (bytes: Buffer, name = 'a.docx', read = takeApart) => {
  try {
    await read(bytes, name)
  } catch (error) {
    if (error instanceof YiluError) return [error.code, error.details]
    throw error
  }
  return ['read']
}

describe('a document made to hurt', function () {
  it('a zip bomb: 60 kB that unpack to 64 MB, whatever its header says', async () => {
    const zeros = deflateRawSync(Buffer.alloc(1 << 26, 32))
    const bomb = zip([
      { name: 'word/document.xml', body: '' },
      { name: 'word/styles.xml', body: '' },
    ])
    // the second entry gets the long body in place of its own
    const honest = packed('word/document.xml', zeros, 100)
    expect(await refusal(honest)).to.deep.include('DOCUMENT_TOO_LARGE')
    expect((await refusal(bomb))[0]).to.equal('BAD_DOCUMENT')
  })

  it('many parts, each below the limit', async () => {
    const part = '<w:x/>'.repeat(500_000)
    const bytes = zip([
      { name: 'word/document.xml', body: part },
      ...Array.from({ length: 20 }, (_, i) => ({ name: `word/header${i}.xml`, body: part })),
    ])
    expect((await refusal(bytes))[0]).to.equal('DOCUMENT_TOO_LARGE')
  })

  it('a directory of too many entries, and one of two equal names', async () => {
    const many = zip(Array.from({ length: 6000 }, (_, i) => ({ name: `xl/${i}.xml`, body: '' })))
    expect((await refusal(many))[0]).to.equal('DOCUMENT_TOO_LARGE')
    const twice = zip([
      { name: 'word/document.xml', body: '<a/>' },
      { name: 'word/document.xml', body: '<b/>' },
    ])
    expect((await refusal(twice))[0]).to.equal('BAD_DOCUMENT')
  })

  it('billion laughs, and a file of this machine', async () => {
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    expect(await refusal(docx(paragraph('x'), laughs))).to.deep.equal([
      'BAD_DOCUMENT',
      { reason: 'doctype' },
    ])
    const file = '<!doctype l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    expect((await refusal(docx(paragraph('x'), file)))[0]).to.equal('BAD_DOCUMENT')
  })

  it('a hundred thousand elements in each other', async () => {
    const depth = 100_000
    const deep = docx(`${'<w:p>'.repeat(depth)}x${'</w:p>'.repeat(depth)}`)
    expect((await refusal(deep))[0]).to.be.oneOf(['BAD_DOCUMENT', 'DOCUMENT_TOO_LARGE'])
  })

  it('one cell in the last corner of the sheet', async () => {
    const far = xlsx(`<row r="1">${cell('XFD1', 'x')}</row>`)
    expect(await refusal(far, 'a.xlsx')).to.deep.equal(['DOCUMENT_TOO_LARGE', { maxColumns: 200 }])
    const low = xlsx(`<row r="99999999999999999"><c><v>1</v></c></row>`)
    expect((await refusal(low, 'a.xlsx'))[0]).to.equal('DOCUMENT_TOO_LARGE')
  })

  it('cells, lines, tables and texts without end', async () => {
    const long = 'x'.repeat(1_000_000)
    const row = `<row r="1">${cell('A1', long)}</row>`
    expect((await refusal(xlsx(row), 'a.xlsx'))[0]).to.equal('DOCUMENT_TOO_LARGE')
    expect((await refusal(Buffer.from(`"${long}`), 'a.csv'))[0]).to.equal('DOCUMENT_TOO_LARGE')
    expect((await refusal(Buffer.from('a\n'.repeat(50_000)), 'a.csv'))[0]).to.equal(
      'DOCUMENT_TOO_LARGE',
    )
    expect((await refusal(Buffer.from('a,'.repeat(1000)), 'a.csv'))[0]).to.equal(
      'DOCUMENT_TOO_LARGE',
    )
    expect((await refusal(Buffer.from('a\n'.repeat(2_000_000)), 'a.txt'))[0]).to.equal(
      'DOCUMENT_TOO_LARGE',
    )
    expect((await refusal(Buffer.alloc(MAX_DOCUMENT_BYTES + 1, 97), 'a.txt'))[0]).to.equal(
      'DOCUMENT_TOO_LARGE',
    )
  })

  it('half a file, another kind of file, an old one, one with a password, an empty one', async () => {
    const good = docx(paragraph('好'))
    expect((await refusal(good.subarray(0, good.length >> 1)))[0]).to.equal('BAD_DOCUMENT')
    expect(await refusal(Buffer.from('%PDF-1.7 …'), 'a.docx')).to.deep.equal([
      'BAD_DOCUMENT',
      { found: 'PDF' },
    ])
    expect((await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc'))[0]).to.equal(
      'BAD_DOCUMENT',
    )
    expect((await refusal(zip([{ name: 'a.txt', body: 'x' }])))[0]).to.equal('BAD_DOCUMENT')
    expect((await refusal(Buffer.from([0, 1, 2, 3, 0, 0]), 'a.txt'))[0]).to.equal('BAD_DOCUMENT')
    expect((await refusal(Buffer.from('"a" b,"c\n1'), 'a.csv'))[0]).to.equal('BAD_DOCUMENT')
    expect((await refusal(Buffer.alloc(0), 'a.txt'))[0]).to.equal('FILE_EMPTY')
    expect((await refusal(Buffer.from(' \n '), 'a.txt'))[0]).to.equal('FILE_EMPTY')
  })

  it('files damaged at any place are read or refused, and the next one is read', async function () {
    const good = docx(paragraph('好'.repeat(200)))
    for (let at = 0; at < good.length; at += 97) {
      const bad = Buffer.from(good)
      bad[at]! ^= 0xff
      expect((await refusal(bad))[0]).to.be.oneOf([
        'read',
        'BAD_DOCUMENT',
        'DOCUMENT_TOO_LARGE',
        'FILE_EMPTY',
      ])
    }
    expect(await refusal(good)).to.deep.equal(['read'])
  })

  it('ends with the thread it is read in; the next one is read', async () => {
    const endless = docx('<w:p/>'.repeat(3_000_000))
    const [[code], after] = await Promise.all([
      refusal(endless, 'a.docx', readDocument),
      refusal(docx(paragraph('好')), 'a.docx', readDocument),
    ])
    expect(code).to.equal('DOCUMENT_TOO_LARGE')
    expect(after).to.deep.equal(['read'])
    expect((await refusal(Buffer.from('%PDF'), 'a.pdf', readDocument))[0]).to.equal('BAD_DOCUMENT')
  })
})

/** One entry with a body packed elsewhere. */
function packed(name: string, body: Buffer, saidSize: number): Buffer {
  const bytes = zip([{ name, body: '' }])
  const empty = deflateRawSync(Buffer.alloc(0))
  const at = 30 + name.length
  const whole = Buffer.concat([bytes.subarray(0, at), body, bytes.subarray(at + empty.length)])
  const central = at + body.length
  whole.writeUInt32LE(body.length, central + 20)
  whole.writeUInt32LE(saidSize, central + 24)
  whole.writeUInt32LE(central, whole.length - 22 + 16)
  return whole
}
