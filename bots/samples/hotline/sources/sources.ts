import agencyCheck from './agencyCheck.json' with { type: 'json' }
import hotelAreas from './hotelAreas.json' with { type: 'json' }
import itineraries from './itineraries.json' with { type: 'json' }
import weather from './weather.json' with { type: 'json' }

/** A table that answers a `query` block: the rows whose columns equal all given parameters. */
export interface LocalTable {
  id: string
  kind: 'local'
  name: { zh: string; en: string }
  /** the column flows usually ask by */
  key: string
  rows: Record<string, string | number>[]
}

/** Bundled so that the sample works offline; an HTTP source of the same id can take its place. */
export const sampleSources: LocalTable[] = [
  {
    id: 'weather',
    kind: 'local',
    // Rounded averages of many years. The flow says so: they must never pass for a forecast.
    name: {
      zh: '西安各月气候平均值(非预报)',
      en: "Monthly climate averages of Xi'an (no forecast)",
    },
    key: 'month',
    rows: weather.rows,
  },
  {
    id: 'hotelAreas',
    kind: 'local',
    name: { zh: '住宿区域', en: 'Where to stay' },
    key: 'need',
    rows: hotelAreas.rows,
  },
  {
    id: 'itineraries',
    kind: 'local',
    name: { zh: '推荐线路', en: 'Itineraries' },
    key: 'days',
    rows: itineraries.rows,
  },
  {
    id: 'agencyCheck',
    kind: 'local',
    name: { zh: '旅行社核验步骤', en: 'How to check a travel agency' },
    key: 'step',
    rows: agencyCheck.rows,
  },
]
