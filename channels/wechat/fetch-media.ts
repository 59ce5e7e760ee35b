/** What was promised as a file, fetched within the three days it lies at WeChat's; voices as WAV. */
import { decodeAmr } from '../../media/codecs/amr.ts'
import type { FetchedMedia } from '../provider.ts'
import type { WechatApi } from './wechat-api.ts'

/** @param ref `<kind>:<media id>`, as read-callback.ts made it */
export async function fetchWechatMedia(
  api: Pick<WechatApi, 'download'>,
  ref: string,
): Promise<FetchedMedia> {
  const colon = ref.indexOf(':')
  const content = await api.download(ref.slice(colon + 1))
  if (ref.slice(0, colon) !== 'audio') return { content }
  const { wav } = await decodeAmr(content)
  return { content: wav }
}
