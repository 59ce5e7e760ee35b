/** The OpenAPI 3.1 document and a page to read it, both made from the routes themselves. */
import { z } from 'zod'
import { errorCodes, errorEntry } from '../errors.ts'
import type { Route } from '../api/route.ts'

export function openApi(routes: Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    ;(paths[path] ??= {})[route.method] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yilu 一路',
      version,
      description:
        'REST interface of the hotline. Sign in with POST /session; the session is a cookie. ' +
        'Live changes come over the WebSocket /desk/ws (gateway/desk/protocol.ts). ' +
        'Every change carries the `version` it was based on; an outdated one answers 409 CONFLICT. ' +
        'A query parameter that an address does not name is refused (UNKNOWN_PARAMETER), never left out.',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yilu_session' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['code', 'zh', 'en'],
          properties: {
            code: {
              type: 'string',
              enum: errorCodes,
              description: errorCodes
                .map((code) => `${code} (${errorEntry(code).status}): ${errorEntry(code).en}`)
                .join('\n'),
            },
            zh: { type: 'string' },
            en: { type: 'string' },
            details: {},
            requestId: { type: 'string' },
          },
        },
      },
    },
  }
}

function operation(route: Route): object {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = route.query ? jsonSchema(route.query) : undefined
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) ?? false,
    schema,
  }))
  const error = {
    description: 'Refused; the sentence says what to do',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  return {
    summary: route.summary,
    tags: [route.tag],
    ...(route.access !== 'public' && { security: [{ session: [] }] }),
    ...(route.access !== 'public' &&
      route.access !== 'session' && { description: `Permission: ${route.access}` }),
    parameters: [...inPath, ...inQuery],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(route.body) } },
      },
    }),
    ...(route.upload && {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: [route.upload],
              properties: { [route.upload]: { type: 'string', format: 'binary' } },
            },
          },
        },
      },
    }),
    responses: {
      ...(route.answers
        ? {
            200: {
              description: 'Done',
              content: { 'application/json': { schema: jsonSchema(route.answers) } },
            },
          }
        : { 204: { description: 'Done' } }),
      default: error,
    },
  }
}

interface JsonSchema {
  properties?: Record<string, unknown>
  required?: string[]
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' })
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!)

/** A plain page: no script, so it works under the strictest policy and without a network. */
export function docsPage(routes: Route[], version: string): string {
  const tags = [...new Set(routes.map((route) => route.tag))]
  const section = (tag: string) =>
    `<section aria-labelledby="${escape(tag)}"><h2 id="${escape(tag)}">${escape(tag)}</h2>${routes
      .filter((route) => route.tag === tag)
      .map(entry)
      .join('')}</section>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Yilu REST API</title><link rel="stylesheet" href="/api/docs.css">
<header><h1>Yilu 一路 · REST API ${escape(version)}</h1>
<p>Base <code>/api/v1</code>. Machine-readable: <a href="/api/openapi.json">OpenAPI 3.1</a>. Sign in with
<code>POST /session</code>; unsafe methods must come from this origin. Errors carry a code and a sentence in
Chinese and English.</p>
<nav aria-label="Sections">${tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(' ')}</nav></header>
<main>${tags.map(section).join('')}</main></html>`
}

function entry(route: Route): string {
  const block = (title: string, schema: z.ZodType | undefined) =>
    schema
      ? `<h4>${title}</h4><pre tabindex="0">${escape(JSON.stringify(jsonSchema(schema), null, 2))}</pre>`
      : ''
  return `<details><summary><b class="${route.method}">${route.method.toUpperCase()}</b> <code>${escape(route.path)}</code> ${escape(
    route.summary,
  )}</summary><p>Access: ${escape(route.access)}</p>${block('Query', route.query)}${block('Body', route.body)}${block('Answer', route.answers)}</details>`
}

export const docsCss = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;color:#1c2b2d;background:#fff}
h1{font-size:1.5rem}h2{margin-top:2rem;border-bottom:2px solid #0f766e;padding-bottom:.25rem}nav a{margin-right:.75rem}
a{color:#0b5f59}details{border:1px solid #d5dedd;border-radius:8px;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer}summary b{display:inline-block;min-width:4.5rem}.get{color:#0b5f59}.post{color:#8a4b00}
.put,.patch{color:#5b3d99}.delete{color:#b3261e}pre{background:#f3f6f6;padding:.75rem;overflow:auto;font-size:.85rem}`
