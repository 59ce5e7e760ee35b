import {
  CommentOutlined,
  GlobalOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  RobotOutlined,
  WechatOutlined,
  WeiboOutlined,
} from '@ant-design/icons'
import type { Channel } from '../../../gateway/domain/conversation.ts'
import { useT } from '../i18n/index.ts'

const icons = {
  voice: PhoneOutlined,
  webchat: GlobalOutlined,
  wechat: WechatOutlined,
  wecom: CommentOutlined,
  wechaty: WechatOutlined,
  weibo: WeiboOutlined,
  sms: MessageOutlined,
  email: MailOutlined,
  directline: RobotOutlined,
}

export function ChannelIcon({ channel }: { channel: Channel }) {
  const t = useT('desk')
  const Icon = icons[channel]
  const words = t(`channel.${channel}`)
  return <Icon className={`channel channel-${channel}`} aria-label={words} title={words} />
}
