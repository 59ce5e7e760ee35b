/** A location for those whose channel shows no map. */
import type { Part } from '../gateway/domain/message.ts'

type Place = Extract<Part, { type: 'location' }>

/** Name and coordinates. */
export function placeInWords({ lat, lng, label }: Place): string {
  const place = `${lat},${lng}`
  return label ? `${label}(${place})` : place
}

/** Name, and below it the address of a map that opens anywhere (lbs.amap.com URI API); longitude comes first. */
export function placeOnMap({ lat, lng, label }: Place): string {
  const map = `https://uri.amap.com/marker?position=${lng},${lat}`
  return label ? `${label}\n${map}` : map
}
