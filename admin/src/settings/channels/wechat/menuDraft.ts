/** A WeChat menu while it is edited: half-filled, then checked with the schema of the API. Pure. */
import {
  ITEM_NAME_BYTES,
  MENU_NAME_BYTES,
  menuItem,
} from '../../../../../channels/wechat/schema.ts'
import type { Menu, MenuButton, MenuItem } from '../../../../../channels/wechat/schema.ts'
import { fieldIssues } from '../../../records/issues.ts'
import type { Translate } from '../../../records/issues.ts'

export const MOST_BUTTONS = 3
export const MOST_ITEMS = 5

export const itemTypes = [
  'say',
  'view',
  'click',
  'miniprogram',
  'scancode_waitmsg',
  'scancode_push',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const satisfies MenuItem['type'][]

/** What is asked for beside the name, by type. */
export const fieldsOf: Partial<Record<MenuItem['type'], ItemField[]>> = {
  say: ['says'],
  click: ['key'],
  view: ['url'],
  miniprogram: ['appId', 'pagePath', 'url'],
}
export type ItemField = 'says' | 'key' | 'url' | 'appId' | 'pagePath'

export interface DraftItem {
  name: string
  type: MenuItem['type']
  fields: Partial<Record<ItemField, string>>
}
/** With items it opens a list of them, and what it would do itself is kept for when they are gone. */
export type DraftButton = DraftItem & { items: DraftItem[] }
export type MenuDraft = DraftButton[]

/** The place of a button, or of an item in its list. */
export type Place = [button: number] | [button: number, item: number]

const blank: DraftItem = { name: '', type: 'say', fields: {} }

export function draftOf(menu: Menu | undefined): MenuDraft {
  return (menu?.buttons ?? []).map((button) =>
    'items' in button
      ? { ...blank, name: button.name, items: button.items.map(itemOf) }
      : { ...itemOf(button), items: [] },
  )
}

function itemOf({ name, type, ...fields }: MenuItem): DraftItem {
  return { name, type, fields: fields as DraftItem['fields'] }
}

export function menuOf(draft: MenuDraft): Menu {
  return {
    buttons: draft.map((button) =>
      button.items.length > 0
        ? { name: button.name.trim(), items: button.items.map(bodyOf) }
        : bodyOf(button),
    ) as MenuButton[],
  }
}

function bodyOf({ name, type, fields }: DraftItem): MenuItem {
  const asked = fieldsOf[type] ?? []
  const filled = asked.map((field) => [field, fields[field]?.trim() ?? ''])
  return { name: name.trim(), type, ...Object.fromEntries(filled) } as MenuItem
}

export function itemAt(draft: MenuDraft, [button, item]: Place): DraftItem | undefined {
  return item === undefined ? draft[button] : draft[button]?.items[item]
}

export function changed(draft: MenuDraft, place: Place, change: Partial<DraftItem>): MenuDraft {
  const [at, inside] = place
  return draft.map((button, index) => {
    if (index !== at) return button
    if (inside === undefined) return { ...button, ...change }
    const items = button.items.map((item, each) =>
      each === inside ? { ...item, ...change } : item,
    )
    return { ...button, items }
  })
}

export function withButton(draft: MenuDraft): MenuDraft {
  return draft.length < MOST_BUTTONS ? [...draft, { ...blank, items: [] }] : draft
}

export function withItem(draft: MenuDraft, at: number): MenuDraft {
  return draft.map((button, index) =>
    index === at && button.items.length < MOST_ITEMS
      ? { ...button, items: [...button.items, blank] }
      : button,
  )
}

export function removed(draft: MenuDraft, [at, inside]: Place): MenuDraft {
  if (inside === undefined) return draft.filter((_, index) => index !== at)
  return draft.map((button, index) =>
    index === at ? { ...button, items: button.items.filter((_, each) => each !== inside) } : button,
  )
}

/** One place to the front (-1) or back (1); at the end it stays. */
export function moved(draft: MenuDraft, [at, inside]: Place, by: -1 | 1): MenuDraft {
  if (inside === undefined) return swapped(draft, at, at + by)
  return draft.map((button, index) =>
    index === at ? { ...button, items: swapped(button.items, inside, inside + by) } : button,
  )
}

function swapped<T>(list: T[], a: number, b: number): T[] {
  if (b < 0 || b >= list.length) return list
  const next = [...list]
  ;[next[a], next[b]] = [next[b]!, next[a]!]
  return next
}

export interface MenuIssue {
  place: Place
  field: 'name' | ItemField
  text: string
}

/** What is missing or too long, in words; `t` is of the namespace `records`. */
export function menuIssues(draft: MenuDraft, t: Translate): MenuIssue[] {
  return draft.flatMap((button, at): MenuIssue[] =>
    button.items.length > 0
      ? [
          ...named(button, [at], MENU_NAME_BYTES, t),
          ...button.items.flatMap((item, inside) =>
            issuesOf(item, [at, inside], ITEM_NAME_BYTES, t),
          ),
        ]
      : issuesOf(button, [at], MENU_NAME_BYTES, t),
  )
}

function issuesOf(item: DraftItem, place: Place, nameBytes: number, t: Translate): MenuIssue[] {
  const checked = menuItem.safeParse(bodyOf(item))
  const found = fieldIssues(checked.error?.issues ?? [], t)
    .map(({ path, text }) => ({ place, field: path[0] as MenuIssue['field'], text }))
    .filter(({ field }) => field !== 'name')
  return [...named(item, place, nameBytes, t), ...found]
}

function named({ name }: DraftItem, place: Place, most: number, t: Translate): MenuIssue[] {
  const bytes = bytesOf(name.trim())
  if (bytes > 0 && bytes <= most) return []
  const text = bytes === 0 ? t('issue.required') : t('issue.bytesMax', { bytes, most })
  return [{ place, field: 'name', text }]
}

/** As WeChat counts names: a Chinese character is three. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length
