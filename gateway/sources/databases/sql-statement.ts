/**
 * One SELECT as content staff write it, with {{name}} where a parameter is bound. The database has the last word
 * (read-only transaction, one prepared statement); this says early and in words what it would refuse.
 */
import { sourceFault } from '../source-fault.ts'

export type Dialect = 'postgres' | 'mysql'

export interface BoundStatement {
  /** with $1 … or ? */
  text: string
  /** the parameter of each place */
  names: string[]
}

interface Token {
  kind: 'code' | 'quoted' | 'comment'
  text: string
}

/** @throws SOURCE_STATEMENT with what is wrong */
export function readStatement(statement: string, dialect: Dialect): BoundStatement {
  const tokens = tokensOf(statement, dialect)
  // a comment that MySQL runs is code (/*!50001 … */), and no comment is needed
  for (const { kind, text } of tokens)
    if (kind === 'comment' && /^\/\*M?!/.test(text)) throw sourceFault('SOURCE_STATEMENT', '/*!')
  const parts = tokens.filter(({ kind }) => kind !== 'comment')
  for (const { kind, text } of parts)
    if (kind === 'quoted' && /\{\{\s*\w+\s*\}\}/.test(text))
      throw sourceFault('SOURCE_STATEMENT', `${text.slice(0, 80)}: {{…}}`)
  const last = parts.findLast(({ text }) => text.trim() !== '')
  if (last?.kind === 'code') last.text = last.text.trimEnd().replace(/;$/, '')
  const code = parts.map(({ kind, text }) => (kind === 'code' ? text : "''")).join('')
  if (code.includes(';')) throw sourceFault('SOURCE_STATEMENT', ';')
  const first = /^[\s(]*([a-z]+)/i.exec(code)?.[1]?.toLowerCase() ?? ''
  if (!['select', 'with', 'values', 'table'].includes(first))
    throw sourceFault('SOURCE_STATEMENT', first || '?')
  // writes a file on the server, whatever the transaction is
  if (/\binto\b/i.test(code)) throw sourceFault('SOURCE_STATEMENT', 'INTO')
  // a placeholder of the client's own would take a parameter's place
  if (dialect === 'mysql' && code.includes('?')) throw sourceFault('SOURCE_STATEMENT', '?')
  return bind(parts, dialect)
}

function bind(parts: Token[], dialect: Dialect): BoundStatement {
  const names: string[] = []
  const text = parts
    .map(({ kind, text: part }) =>
      kind === 'quoted'
        ? part
        : part.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
            if (dialect === 'mysql') return (names.push(name), '?')
            const known = names.indexOf(name)
            return `$${known >= 0 ? known + 1 : names.push(name)}`
          }),
    )
    .join('')
  return { text, names }
}

/** Strings, quoted names and comments apart from code; what is not closed runs to the end and is refused there. */
function tokensOf(statement: string, dialect: Dialect): Token[] {
  const tokens: Token[] = []
  let code = ''
  const push = (kind: Token['kind'], text: string) => {
    if (code) tokens.push({ kind: 'code', text: code })
    code = ''
    tokens.push({ kind, text })
  }
  for (let at = 0; at < statement.length;) {
    const rest = statement.slice(at)
    const comment = (dialect === 'mysql' ? /^(--(?=\s|$)|#)[^\n]*/ : /^--[^\n]*/).exec(rest)?.[0]
    const block = rest.startsWith('/*') ? blockComment(rest, dialect) : undefined
    const quoted = quotedAt(rest, dialect, code)
    const found = comment ?? block ?? quoted
    if (found === undefined) {
      code += rest[0]
      at++
      continue
    }
    push(quoted === undefined || comment || block ? 'comment' : 'quoted', found)
    // a comment stands for a space: SEL/**/ECT is two words
    if (comment ?? block) code = ' '
    at += found.length
  }
  if (code) tokens.push({ kind: 'code', text: code })
  return tokens
}

/** PostgreSQL's nest (§4.1.5 of its manual), MySQL's do not. */
function blockComment(rest: string, dialect: Dialect): string {
  let depth = 0
  for (let at = 0; at < rest.length; at++) {
    const two = rest.slice(at, at + 2)
    if (two === '/*' && (depth === 0 || dialect === 'postgres')) {
      depth++
      at++
    } else if (two === '*/') {
      at++
      if (--depth === 0) return rest.slice(0, at + 1)
    }
  }
  throw sourceFault('SOURCE_STATEMENT', '/*')
}

function quotedAt(rest: string, dialect: Dialect, before: string): string | undefined {
  const quote = rest[0]!
  if (dialect === 'postgres' && quote === '$' && !/\w$/.test(before)) {
    const tag = /^\$([A-Za-z_]\w*)?\$/.exec(rest)?.[0]
    if (!tag) return undefined
    const end = rest.indexOf(tag, tag.length)
    if (end < 0) throw sourceFault('SOURCE_STATEMENT', tag)
    return rest.slice(0, end + tag.length)
  }
  if (quote !== "'" && quote !== '"' && !(dialect === 'mysql' && quote === '`')) return undefined
  // E'…' of PostgreSQL and all strings of MySQL know the backslash
  const escapes = dialect === 'mysql' ? quote !== '`' : quote === "'" && /\be$/i.test(before)
  for (let at = 1; at < rest.length; at++) {
    if (escapes && rest[at] === '\\') at++
    else if (rest[at] === quote) {
      if (rest[at + 1] === quote) at++
      else return rest.slice(0, at + 1)
    }
  }
  throw sourceFault('SOURCE_STATEMENT', quote)
}
