import type { Words } from '../../i18n/dictionary.ts'

/** 改用短信、邮件，或主动写信 */
export const zhWrite: Words = {
  write: {
    goOn: '改用短信或邮件',
    first: '写信给这位客户',
    sms: '发短信',
    email: '发邮件',
    menu: '改用短信或邮件…',
    from: '发送账号',
    noAccount: '没有启用的短信或邮箱账号',
    templatesOnly: '这个账号只能发送审核过的模板。',
    number: '手机号码',
    address: '邮箱地址',
    known: '已知的联系方式',
    subject: '主题',
    fill: '请填写',
    go: '继续',
    openOther: '打开那个会话',
  },
}
