/** Every sentence of the widget, in both languages; `{name}` is filled in by `translate`. */
import type { Lang, LocalError } from './wire.ts'

const zh = {
  title: '旅游服务热线',
  greeting: '您好，一路竭诚为您服务。请问有什么可以帮您？',
  open: '打开在线咨询',
  openUnread: '打开在线咨询，{count} 条未读消息',
  close: '关闭对话窗口',
  log: '对话记录',
  you: '我',
  bot: '智能助手',
  agent: '客服',
  system: '系统',
  input: '输入消息',
  placeholder: '请输入您的问题…',
  send: '发送',
  attach: '发送图片或文件',
  location: '发送我的位置',
  locationFailed: '未能取得您的位置，请检查浏览器的定位权限。',
  soundOn: '打开提示音',
  soundOff: '关闭提示音',
  switchLang: 'EN · Switch to English',
  switchLangShort: 'EN',
  chooseLang: '请选择语言 · Choose your language',
  online: '在线',
  connecting: '正在连接…',
  offline: '网络已断开，恢复后自动发送',
  retryNow: '立即重试',
  today: '今天',
  yesterday: '昨天',
  sending: '发送中',
  stored: '已发送',
  delivered: '已送达',
  read: '已读',
  refused: '未能发送',
  retry: '重试',
  remove: '删除',
  typing: '{name}正在输入',
  waitingNext: '下一位就是您',
  waitingAhead: '您前面还有 {count} 位',
  waiting: '正在为您接通人工客服',
  waitMinutes: '预计 {count} 分钟',
  waitSoon: '预计不到 1 分钟',
  cancelWaiting: '取消等待',
  agentHere: '{name} 正在为您服务',
  endChat: '结束对话',
  endConfirm: '确定结束吗？',
  endYes: '结束',
  endNo: '继续',
  closed: '本次对话已结束',
  again: '再次咨询',
  newMessages: '新消息',
  uploading: '正在上传 {percent}%',
  uploadFailed: '上传失败',
  cancelUpload: '取消上传',
  dropHere: '松开即可发送',
  openImage: '在新标签页打开图片 {name}',
  download: '下载 {name}',
  mediaGone: '此文件已无法显示',
  openMap: '在地图中查看',
  place: '位置',
  tooLong: '还可输入 {count} 字',
  emergency: '紧急情况请拨打',
  police: '报警 110',
  ambulance: '急救 120',
  fileTooLarge: '文件超过 10 MB,请压缩后再发。',
  fileType: '不支持这种文件。可发送图片、音频、视频、PDF、Word、Excel 和文本。',
  fileEmpty: '文件是空的。',
  failed: '未能完成，请检查网络后重试。',
  dismiss: '知道了',
  replies: '快捷回复',
  call: '语音通话',
  callStart: '语音通话',
  callAsking: '请允许使用麦克风…',
  callConnecting: '正在接通…',
  callOn: '通话中',
  callBroken: '声音中断，正在重连…',
  callMute: '静音',
  callKeys: '拨号键',
  callEnd: '挂断',
  callOver: '通话已结束',
  callFailed: '通话未能接通或已中断，请稍后重试。',
  micRefused: '浏览器未允许使用麦克风。请在地址栏的网站设置中改为“允许”，然后重试。',
  micNone: '没有可用的麦克风。请插上耳麦或关闭占用它的程序，然后重试。',
  micInsecure: '此浏览器或此页面（非 HTTPS）不支持语音通话，请拨打热线电话。',
}

export type Key = keyof typeof zh

const en: Record<Key, string> = {
  title: 'Tourist hotline',
  greeting: 'Hello, Yilu is here for you. How can we help?',
  open: 'Open live chat',
  openUnread: 'Open live chat, {count} unread',
  close: 'Close the chat window',
  log: 'Conversation',
  you: 'You',
  bot: 'Assistant',
  agent: 'Agent',
  system: 'System',
  input: 'Message',
  placeholder: 'Type your question…',
  send: 'Send',
  attach: 'Send a picture or file',
  location: 'Send my location',
  locationFailed: 'Your location could not be read; check the browser’s permission for it.',
  soundOn: 'Turn sound on',
  soundOff: 'Turn sound off',
  switchLang: '切换到中文',
  switchLangShort: '中',
  chooseLang: '请选择语言 · Choose your language',
  online: 'Online',
  connecting: 'Connecting…',
  offline: 'No connection. Messages go out when it is back',
  retryNow: 'Retry now',
  today: 'Today',
  yesterday: 'Yesterday',
  sending: 'Sending',
  stored: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  refused: 'Not sent',
  retry: 'Retry',
  remove: 'Delete',
  typing: '{name} is typing',
  waitingNext: 'You are next',
  waitingAhead: '{count} ahead of you',
  waiting: 'Connecting you to a person',
  waitMinutes: 'about {count} min',
  waitSoon: 'less than a minute',
  cancelWaiting: 'Stop waiting',
  agentHere: '{name} is helping you',
  endChat: 'End chat',
  endConfirm: 'End this chat?',
  endYes: 'End',
  endNo: 'Stay',
  closed: 'This conversation has ended',
  again: 'Ask again',
  newMessages: 'New messages',
  uploading: 'Uploading {percent}%',
  uploadFailed: 'Upload failed',
  cancelUpload: 'Cancel upload',
  dropHere: 'Drop to send',
  openImage: 'Open picture {name} in a new tab',
  download: 'Download {name}',
  mediaGone: 'This file can no longer be shown',
  openMap: 'Show on a map',
  place: 'Location',
  tooLong: '{count} characters left',
  emergency: 'In an emergency call',
  police: '110 Police',
  ambulance: '120 Ambulance',
  fileTooLarge: 'The file is larger than 10 MB; compress it first.',
  fileType:
    'This kind of file is not accepted. Pictures, audio, video, PDF, Word, Excel and text are.',
  fileEmpty: 'The file is empty.',
  failed: 'That did not work. Check your connection and try again.',
  dismiss: 'OK',
  replies: 'Quick replies',
  call: 'Voice call',
  callStart: 'Start a voice call',
  callAsking: 'Allow the microphone…',
  callConnecting: 'Connecting…',
  callOn: 'On the call',
  callBroken: 'The sound broke off, reconnecting…',
  callMute: 'Mute',
  callKeys: 'Keypad',
  callEnd: 'Hang up',
  callOver: 'The call has ended',
  callFailed: 'The call could not be connected or broke off; try again in a moment.',
  micRefused:
    'The microphone is not allowed. Set it to “Allow” in the site settings beside the address, then retry.',
  micNone: 'No microphone is available. Plug in a headset or close what uses it, then retry.',
  micInsecure: 'This browser or page (no HTTPS) cannot make voice calls; please phone the hotline.',
}

export const dictionaries: Record<Lang, Record<Key, string>> = { 'zh-CN': zh, en }

export type Translate = (key: Key, values?: Record<string, string | number>) => string

export function translator(lang: Lang): Translate {
  return (key, values = {}) =>
    dictionaries[lang][key].replace(/\{(\w+)\}/g, (hole, name: string) =>
      String(values[name] ?? hole),
    )
}

/** Both wordings of one key, as errors carry them. */
export function localError(key: Key): LocalError {
  return { zh: zh[key], en: en[key] }
}

/** The first language the browser asks for that we speak; undefined when it asks for neither. */
export function spokenLang(wanted: readonly string[]): Lang | undefined {
  for (const tag of wanted) {
    const lang = asLang(tag)
    if (lang) return lang
  }
  return undefined
}

export function asLang(tag: string | null | undefined): Lang | undefined {
  if (/^(zh|yue|cmn|wuu|hak|nan)\b/i.test(tag ?? '')) return 'zh-CN'
  if (/^en\b/i.test(tag ?? '')) return 'en'
  return undefined
}
