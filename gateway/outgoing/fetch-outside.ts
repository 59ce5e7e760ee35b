import type { FetchOutside } from '../../channels/provider.ts'
import { RefusedAddress } from './address-guard.ts'
import type { CallOut } from './call-out.ts'

/** The guard, as channels are given it. @throws as CallOut does */
export function fetchOutside(callOut: CallOut): FetchOutside {
  return async (url, limits) => {
    if (!/^https?:$/.test(url.protocol)) throw new RefusedAddress('ADDRESS_REFUSED')
    const { status, body } = await callOut.ask({ url, method: 'GET', headers: {}, ...limits })
    return { status, body }
  }
}
