import type { Dictionary } from '../i18n/dictionary.ts'

export const shell: Dictionary = {
  'zh-CN': {
    brand: '一路 Yilu',
    menu: '主菜单',
    skip: '跳到内容',
    rooms: {
      desk: '接待台',
      wallboard: '监控大屏',
      tickets: '工单',
      contacts: '客户',
      knowledge: '知识库',
      flows: '流程',
      settings: '设置',
    },
    roles: {
      administrator: '管理员',
      teamLeader: '班长',
      agent: '坐席',
      content: '内容编辑',
    },
    signOut: '退出登录',
    retry: '重试',
    reload: '刷新页面',
    requestId: '编号 {{id}}',
    unexpected: '页面出错了，请刷新后重试。',
    pageFault: '这一页没能显示',
    pageFaultHint: '其余页面和连接不受影响。若是刚升级过，刷新即可。',
  },
  en: {
    brand: 'Yilu 一路',
    menu: 'Main menu',
    skip: 'Skip to content',
    rooms: {
      desk: 'Desk',
      wallboard: 'Wallboard',
      tickets: 'Tickets',
      contacts: 'Contacts',
      knowledge: 'Knowledge',
      flows: 'Flows',
      settings: 'Settings',
    },
    roles: {
      administrator: 'Administrator',
      teamLeader: 'Team leader',
      agent: 'Agent',
      content: 'Content editor',
    },
    signOut: 'Sign out',
    retry: 'Retry',
    reload: 'Reload the page',
    requestId: 'Reference {{id}}',
    unexpected: 'Something broke on this page; reload and try again.',
    pageFault: 'This page could not be shown',
    pageFaultHint:
      'The other pages and the connection are not affected. After an upgrade a reload is enough.',
  },
}
