/** Menus between the editor's form and the provider's (custommenu/api_createcustommenu): pure, both ways. */
import type { Menu, MenuButton, MenuItem } from './schema.ts'
import { menu } from './schema.ts'

/** Begins the key of a button that speaks for the tourist; the rest is what it says. */
export const SAY = 'say:'

/** As menu/create takes it and menu/get answers it. */
export interface ProviderButton {
  type?: string
  name: string
  key?: string
  url?: string
  appid?: string
  pagepath?: string
  sub_button?: ProviderButton[]
}

export function toProvider({ buttons }: Menu): { button: ProviderButton[] } {
  return {
    button: buttons.map((button) =>
      'items' in button
        ? { name: button.name, sub_button: button.items.map(itemToProvider) }
        : itemToProvider(button),
    ),
  }
}

function itemToProvider(item: MenuItem): ProviderButton {
  const { type, name } = item
  switch (item.type) {
    case 'say':
      return { type: 'click', name, key: `${SAY}${item.says}` }
    case 'click':
      return { type, name, key: item.key }
    case 'view':
      return { type, name, url: item.url }
    case 'miniprogram':
      return { type, name, url: item.url, appid: item.appId, pagepath: item.pagePath }
    default:
      // must have a key, which tells nothing here
      return { type, name, key: type }
  }
}

/** @returns undefined for what the editor cannot express */
export function fromProvider(button: ProviderButton[]): Menu | undefined {
  const read = menu.safeParse({ buttons: button.map(buttonFrom) })
  return read.success ? read.data : undefined
}

function buttonFrom({ sub_button: items, ...button }: ProviderButton): unknown {
  return items?.length ? { name: button.name, items: items.map(itemFrom) } : itemFrom(button)
}

function itemFrom({ type, name, key, url, appid, pagepath }: ProviderButton): unknown {
  if (type === 'click' && key?.startsWith(SAY))
    return { type: 'say', name, says: key.slice(SAY.length) }
  return { type, name, key, url, appId: appid, pagePath: pagepath }
}

/** What is on the button with this key. */
export function labelOfKey({ buttons }: Menu, key: string): string | undefined {
  const items: (MenuButton | MenuItem)[] = buttons.flatMap((button) =>
    'items' in button ? button.items : [button],
  )
  return items.find((item) => 'key' in item && item.key === key)?.name
}
