import type { KnowledgeEntry } from '../../../nlu/entry.ts'
import agencies from './agencies.json' with { type: 'json' }
import branches from './branches.json' with { type: 'json' }
import discounts from './discounts.json' with { type: 'json' }
import food from './food.json' with { type: 'json' }
import hotels from './hotels.json' with { type: 'json' }
import matters from './matters.json' with { type: 'json' }
import policies from './policies.json' with { type: 'json' }
import routes from './routes.json' with { type: 'json' }
import services from './services.json' with { type: 'json' }
import shopping from './shopping.json' with { type: 'json' }
import spots from './spots.json' with { type: 'json' }
import transport from './transport.json' with { type: 'json' }
import weather from './weather.json' with { type: 'json' }

/** Each file is what the console exports for one category. */
export interface KnowledgeFile {
  entries: KnowledgeEntry[]
}

const files: KnowledgeFile[] = [
  spots,
  routes,
  hotels,
  transport,
  weather,
  shopping,
  food,
  discounts,
  agencies,
  matters,
  policies,
  branches,
  services,
]

export const sampleKnowledge: KnowledgeEntry[] = files.flatMap(({ entries }) => entries)

/** The categories of the seeds, in the order of S301 to S313. */
export const sampleCategories: { id: string; name: { zh: string; en: string } }[] = [
  { id: 'spots', name: { zh: '景点', en: 'Sights' } },
  { id: 'routes', name: { zh: '旅游线路', en: 'Routes' } },
  { id: 'hotels', name: { zh: '住宿', en: 'Hotels' } },
  { id: 'transport', name: { zh: '交通', en: 'Transport' } },
  { id: 'weather', name: { zh: '天气', en: 'Weather' } },
  { id: 'shopping', name: { zh: '购物', en: 'Shopping' } },
  { id: 'food', name: { zh: '美食娱乐', en: 'Food and entertainment' } },
  { id: 'discounts', name: { zh: '优惠', en: 'Discounts' } },
  { id: 'agencies', name: { zh: '旅行社', en: 'Travel agencies' } },
  { id: 'matters', name: { zh: '旅行事项', en: 'Travel matters' } },
  { id: 'policies', name: { zh: '政策法规与投诉', en: 'Policies and complaints' } },
  { id: 'branches', name: { zh: '电话号码', en: 'Telephone numbers' } },
  { id: 'services', name: { zh: '热线服务', en: 'Services of the hotline' } },
]
