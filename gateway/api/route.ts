/** A REST route as data: one definition serves express, validation, permissions and the OpenAPI document. */
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Permission, StaffMember } from '../domain/staff.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface RouteInput<P, Q, B> {
  params: P
  query: Q
  body: B
  /** the signed-in member; absent only on routes with access 'public' */
  member: StaffMember
  request: Request
  response: Response
}

export interface Route<P = Record<string, string>, Q = unknown, B = unknown> {
  method: Method
  /** below /api/v1, express style: `/tickets/:id` */
  path: string
  summary: string
  tag: string
  /** 'public': no session needed; 'session': any signed-in member; else the permission it takes */
  access: 'public' | 'session' | Permission
  /** an object; names that are not in it are refused */
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  /** the body is multipart, with one file in the field of this name; `handle` reads it from the request */
  upload?: string
  /** what is answered, for the document */
  answers?: z.ZodType
  handle(input: RouteInput<P, Q, B>): Promise<unknown>
}

/** Keeps the types of one route while it sits in a list with others. */
export function route<Q = Record<string, never>, B = undefined>(
  definition: Route<Record<string, string>, Q, B>,
): Route {
  return definition as unknown as Route
}

/** A list answer, the same everywhere. */
export const items = (item: z.ZodType) => z.object({ items: z.array(item) })

/** A moment in a query string, in epoch milliseconds: what a Date can hold (ECMA-262 §21.4.1.1). */
export const epochMs = z.coerce.number().int().min(0).max(8_640_000_000_000_000)
