/** Things flows name by id, as the server lists them, and where they are made. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Referable } from '../../../../bots/flow/description.ts'
import { api } from '../../api/client.ts'
import { useLang } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { asList, asObject, asString, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { DraftView } from '../useDraft.ts'

interface Place {
  /** list of the API; absent: there is none, any id may be written */
  path?: string
  /** where they are made */
  room?(id: string | undefined): string
}

const places: Record<Referable, Place> = {
  queue: { path: '/queues', room: () => '/settings/queues' },
  schedule: { path: '/schedules', room: () => '/settings/hours' },
  skill: { path: '/skills', room: () => '/settings/skills' },
  source: { path: '/sources', room: () => '/settings/sources' },
  ticketKind: { path: '/ticket-kinds', room: () => '/settings/kinds' },
  mailbox: { path: '/mailboxes', room: () => '/settings/telephony/mailboxes' },
  flow: { path: '/flows', room: (id) => (id === undefined ? '/flows' : `/flows/${id}`) },
  knowledgeBase: { room: () => '/knowledge' },
  classifier: { path: '/intents', room: () => '/knowledge/intents' },
  dialog: {},
}

/** What it takes or knows: parameters of a source, fields of a ticket, variables of a flow, intents of a set. */
export interface Parameter {
  name: string
  label?: string
  required?: boolean
}

export interface Reference {
  id: string
  name: string
  takes: Parameter[]
}

export interface References {
  /** undefined: not known yet */
  items: Reference[] | undefined
  /** the server lists them all; else any id may be right */
  listed: boolean
  room: Place['room']
}

export function useReferences(to: Referable): References {
  const lang = useLang()
  const { doc, flowId } = useFlowEditor()
  const { path, room } = places[to]
  const { data } = useItems<Loose>(path ?? '/flows', {}, { enabled: path !== undefined })
  const items = useMemo(() => {
    if (path === undefined) return undefined
    return data
      ?.filter((each) => to !== 'flow' || each['id'] !== flowId)
      .map((each): Reference => ({
        id: String(each['id']),
        name: wordsOf(each['name'], lang) ?? String(each['id']),
        takes: parametersOf(each, lang),
      }))
  }, [path, data, lang, to, flowId])
  const named = useMemo(() => (path === undefined ? namedIn(doc, to) : []), [path, doc, to])
  return {
    items: path === undefined ? named : items,
    listed: path !== undefined,
    room,
  }
}

/** Where there is no list: what this flow names already. */
function namedIn(doc: Doc, to: Referable): Reference[] {
  const property = to === 'knowledgeBase' ? 'knowledgeBase' : to
  const ids = Object.values(asObject(doc['blocks'])).flatMap((block) => asString(asObject(block)[property]) ?? []) // prettier-ignore
  const usual = to === 'knowledgeBase' ? ['hotline'] : []
  return [...new Set([...usual, ...ids])]
    .filter((id) => id !== '?')
    .map((id) => ({ id, name: id, takes: [] }))
}

function wordsOf(words: unknown, lang: string): string | undefined {
  if (!isObject(words)) return asString(words)
  const [first, second] = lang === 'en' ? ['en', 'zh'] : ['zh', 'en']
  return asString(words[first!]) ?? asString(words[second!])
}

function parametersOf(each: Loose, lang: string): Parameter[] {
  const listed = asList(each['parameters'] ?? each['fields'] ?? each['intents']).filter(isObject)
  return listed.flatMap((part) => {
    // where both are there the name is words for people
    const name = isObject(part['name']) ? asString(part['id']) : (asString(part['name']) ?? asString(part['id'])) // prettier-ignore
    if (name === undefined) return []
    const label = asString(part['label']) ?? (isObject(part['name']) ? wordsOf(part['name'], lang) : undefined) // prettier-ignore
    return [{ name, ...(label !== undefined && { label }), ...(part['required'] === true && { required: true }) }] // prettier-ignore
  })
}

/** Paths below the variable of a query, by data source, as the sources were last seen to answer. */
export function useAnsweredPaths(): ReadonlyMap<string, readonly string[]> {
  const { data } = useItems<Loose>('/sources')
  return useMemo(
    () =>
      new Map(
        (data ?? []).map((each) => [
          String(each['id']),
          asList(each['fields']).flatMap((path) => asString(path) ?? []),
        ]),
      ),
    [data],
  )
}

/** The draft of another flow, for what it takes and gives. */
export function useCalledFlow(id: string | undefined): Doc | undefined {
  const { data } = useQuery({
    queryKey: ['flows', 'draft', id],
    queryFn: () => api.get<DraftView>(`/flows/${id}/draft`),
    enabled: id !== undefined && id !== '?',
    staleTime: 60_000,
    retry: false,
  })
  return data?.doc
}

/** Variables a called flow lets its caller hand in. */
export function parametersOfFlow(called: Doc): Parameter[] {
  return asList(called['params'])
    .filter(isObject)
    .flatMap((decl) => {
      const name = asString(decl['name'])
      const label = asString(decl['note'])
      return name === undefined ? [] : [{ name, ...(label !== undefined && { label }) }]
    })
}

/** What a called flow gives back; where it says nothing, any of its variables. */
export function resultsOfFlow(called: Doc): string[] {
  const returns = asList(called['returns']).flatMap((name) => asString(name) ?? [])
  if (returns.length > 0) return returns
  return [...asList(called['vars']), ...asList(called['params'])].flatMap((decl) => asString(asObject(decl)['name']) ?? []) // prettier-ignore
}
