import { asObject } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { fillPlaces } from '../document/fill-places.ts'
import { placeOf } from '../document/place.ts'
import type { Places, Point, Size } from '../document/place.ts'

/**
 * Where blocks are shown that were drawn nowhere: laid out once and remembered, so that they neither jump about while
 * others are edited nor stay away when moving them is undone.
 */
export class PlaceMemory {
  private laidOut: Map<string, Point> = new Map()

  placesOf(doc: Doc, sizeOf: (id: string) => Size): Places {
    const places = fillPlaces(doc, this.laidOut, sizeOf)
    for (const [id, block] of Object.entries(asObject(doc['blocks'])))
      if (!placeOf(asObject(block))) this.laidOut.set(id, places.get(id)!)
    return places
  }
}
