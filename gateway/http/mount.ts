/** Puts routes on express: session, permission and input are checked here, once for all of them. */
import type { Request, Router as ExpressRouter } from 'express'
import { z } from 'zod'
import type { Route } from '../api/route.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'

export function mountRoutes(
  express: ExpressRouter,
  routes: Route[],
  memberOf: (request: Request) => Promise<StaffMember | undefined>,
): void {
  for (const definition of routes) {
    express[definition.method](definition.path, async (request, response) => {
      const member = definition.access === 'public' ? undefined : await memberOf(request)
      if (definition.access !== 'public') admit(definition, member)
      const answer = await definition.handle({
        params: request.params as Record<string, string>,
        query: checkQuery(definition, request.query),
        body: check(definition.body, request.body, 'body'),
        member: member!,
        request,
        response,
      })
      if (response.headersSent) return
      if (answer === undefined) response.status(204).end()
      else response.json(answer)
    })
  }
}

function admit(definition: Route, member: StaffMember | undefined): void {
  if (!member) fail('UNAUTHENTICATED')
  const changing = definition.path.startsWith('/session')
  if (member.mustChangePassword && !changing) fail('PASSWORD_CHANGE_REQUIRED')
  if (definition.access === 'session' || definition.access === 'public') return
  if (!may(member.role, definition.access)) fail('FORBIDDEN')
}

/** A filter nobody knows is refused: left out, the answer would be taken for what was asked. */
function checkQuery({ query }: Route, given: Request['query']): unknown {
  const known = query instanceof z.ZodObject ? Object.keys(query.shape) : []
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length) fail('UNKNOWN_PARAMETER', { unknown, known })
  return check(query, given, 'query')
}

function check<T>(schema: z.ZodType<T> | undefined, value: unknown, where: string): T {
  if (!schema) return undefined as T
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  return fail('BAD_REQUEST', {
    where,
    issues: parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    })),
  })
}
