import mammoth from 'mammoth'

/** What mammoth makes of a document before it becomes HTML. */
interface Part {
  type: string
  value?: string
  breakType?: string
  children?: Part[]
}

/** Paragraphs in their order; a row of a table is one, its cells parted by tabs. @param docx see office.ts */
export async function readDocx(docx: Buffer): Promise<string[]> {
  let found: Part | undefined
  await mammoth.convertToHtml(
    { buffer: docx },
    {
      externalFileAccess: false,
      transformDocument: (document: Part) => {
        found = document
        return { ...document, children: [] }
      },
    },
  )
  return found ? paragraphsOf(found) : []
}

function paragraphsOf({ type, children = [] }: Part): string[] {
  switch (type) {
    case 'paragraph':
      return [children.map(textOf).join('')]
    case 'tableRow':
      return [children.map((cell) => paragraphsOf(cell).join('\n')).join('\t')]
    default:
      return children.flatMap(paragraphsOf)
  }
}

function textOf({ type, value, breakType, children = [] }: Part): string {
  switch (type) {
    case 'text':
      return value ?? ''
    case 'tab':
      return '\t'
    case 'break':
      return breakType === 'line' ? '\n' : ''
    // read where they stand they break the sentence in two
    case 'noteReference':
    case 'image':
      return ''
    default:
      return children.map(textOf).join('')
  }
}
