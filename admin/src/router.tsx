/** A small router on the address's hash (`#/tickets/42?status=open`), so the server needs no rewrite rules. */
import { useSyncExternalStore } from 'react'
import type { AnchorHTMLAttributes } from 'react'
import { parseHash } from './route.ts'
import type { Route } from './route.ts'

export type { Route }

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export function useRoute(): Route {
  return parseHash(useSyncExternalStore(subscribe, () => window.location.hash))
}

/** Goes to `/room/rest?query`; `replace` leaves no entry to go back to. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const url = new URL(window.location.href)
  url.hash = to
  if (!options.replace) {
    window.location.hash = to
    return
  }
  window.history.replaceState(null, '', url)
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }

export function Link({ to, ...rest }: LinkProps) {
  return <a href={`#${to}`} {...rest} />
}
