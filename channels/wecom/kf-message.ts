/** An item of `sync_msg`, read leniently: a part that is not as documented is absent, the rest stays. */
import { z } from 'zod'

const text = (most: number) =>
  z
    .string()
    .transform((value) => value.slice(0, most))
    .optional()
    .catch(undefined)
const number = z.number().optional().catch(undefined)
const media = z
  .object({ media_id: z.string().min(1).max(512) })
  .optional()
  .catch(undefined)
const part = <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined)

const kfMessage = z.object({
  msgid: z.string().min(1).max(128),
  open_kfid: text(64),
  external_userid: text(128),
  servicer_userid: text(128),
  /** seconds */
  send_time: z.number(),
  /** 3: the customer; 4: an event; 5: a servicer in the WeCom client */
  origin: z.number(),
  msgtype: z.string().max(64),
  text: part({ content: text(8_000), menu_id: text(128) }),
  ...{ image: media, voice: media, video: media, file: media },
  location: part({ latitude: number, longitude: number, name: text(200), address: text(300) }),
  link: part({ title: text(300), desc: text(1_000), url: text(2_048), pic_url: text(2_048) }),
  business_card: part({ userid: text(128) }),
  miniprogram: part({ title: text(300), appid: text(64), pagepath: text(1_024) }),
  channels_shop_product: part({ title: text(300), sales_price: text(32), shop_nickname: text(64) }),
  channels_shop_order: part({ order_id: text(64), product_titles: text(500), state: text(64) }),
  channels: part({ nickname: text(64), title: text(500) }),
  merged_msg: part({ title: text(300) }),
  event: part({
    event_type: text(64),
    open_kfid: text(64),
    external_userid: text(128),
    scene: text(128),
    scene_param: text(256),
    welcome_code: text(256),
    fail_msgid: text(128),
    fail_type: number,
    change_type: number,
    msg_code: text(256),
    status: number,
  }),
})
export type KfMessage = z.infer<typeof kfMessage>

const kfPage = z.object({
  next_cursor: z.string().max(1_024).default(''),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).max(1_000).default([]),
})

export interface KfPage {
  nextCursor: string
  hasMore: boolean
  messages: KfMessage[]
  /** items that are no messages at all: without an id there is nothing to keep them under */
  unreadable: number
}

/** @throws ZodError where the page itself is not one */
export function readKfPage(answer: unknown): KfPage {
  const { next_cursor: nextCursor, has_more: hasMore, msg_list: list } = kfPage.parse(answer)
  const read = list.map((item) => kfMessage.safeParse(item))
  const messages = read.flatMap(({ data }) => (data ? [data] : []))
  return { nextCursor, hasMore: hasMore !== 0, messages, unreadable: list.length - messages.length }
}
